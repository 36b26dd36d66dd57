"""Where okrsheets meets files, libraries and languages: stores, templates, configuration, catalogues."""
