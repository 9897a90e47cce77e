import os

if os.path.basename(os.getcwd()) != "below":
    print("never")  # not run
raise SystemExit(6)
