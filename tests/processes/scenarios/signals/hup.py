# SIGHUP from outside, as when a terminal is closed.
# send: HUP
import signal

print("ready", flush=True); signal.pause()
print("never")  # not run
