"""Starting `okrsheets run` with the computer: systemd, launchd and the Windows Task Scheduler, for one user each."""
