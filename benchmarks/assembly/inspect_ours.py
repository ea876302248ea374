"""Inspection on a line of its own: `python inspect_ours.py JOB PACK` has the finished pack read back and proved."""

import importlib
import json
import sys
from pathlib import Path

from ours import documents_of, plan_of

if __name__ == "__main__":
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    inspection = importlib.import_module("pipeline.pack.inspection")
    inspection.inspect_pack(Path(sys.argv[2]), plan_of(job), documents_of(job))
