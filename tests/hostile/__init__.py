"""Malformed and hostile workbooks, made from a seed, and what the command line makes of them.

`python -m tests.hostile --count 10000 --seed 1` tries them one by one and prints the figures.
"""
