"""Write the manifest of what the generated client asks, for a server that takes nothing else."""

import json
from hashlib import sha256
from pathlib import Path

from generated import operations

texts = [getattr(operations, name) for name in operations.__all__]
manifest = {sha256(text.encode()).hexdigest(): text for text in texts}
Path("manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
