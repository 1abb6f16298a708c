"""The roll of delegates: who is in the base on a day, how that came about, and who follows whom.

Names never enter the log; the roll lives in tables and in the pure values of this package.
"""
