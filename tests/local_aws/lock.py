"""moto's stores are plain dictionaries: whoever touches them holds this lock."""

import threading

LOCK = threading.RLock()
