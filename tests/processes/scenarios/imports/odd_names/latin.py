# -*- coding: utf-8 -*-
TEXT = "naïve"
if TEXT == "":
    print("never")  # not run
