"""Pulls the plug at every system call of a sync, and lets every one of them fail: `python -m tests.pulled_plug --all`.

stage     the folders that a run may touch, put back as they were before each run
driver    okrsheets up to its first workbook; from there each run is a fork of it
runs      one run, as a fork or as the real command, under strace or not
calls     what strace saw: the system calls, and those from the first touch of the workbook on
faults    what may go wrong at a call, and which of all that is tried
judge     what must be true after a run that was disturbed, and after the next one
plug      the scenes, the points of each, and every injection tried
figures   the table
wrong     publishers that are wrong on purpose: the judge must find them out
"""
