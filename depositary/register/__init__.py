"""The register: acts, and when they were recorded. Entries are appended, proven, verified, backed up, never changed."""
