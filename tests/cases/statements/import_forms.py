# Imports in every form.
# python: >=3.11
import os, sys
import os.path as path
from os import *
from os import path as p, sep as s
