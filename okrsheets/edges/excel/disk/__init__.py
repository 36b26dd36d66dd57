"""The file on disk: locks, publishing in one step, and faults in words."""
