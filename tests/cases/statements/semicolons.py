# Statements behind semicolons are on one line.
# python: >=3.11
x = 1; y = 2
if x: y = 3; z = 4
import os; import sys; x = 5;
