"""The register: what was recorded, and when. Entries are appended, proven, verified and backed up; none changes."""
