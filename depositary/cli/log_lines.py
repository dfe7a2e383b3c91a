"""The log of a server as lines of JSON, for a collector of logs: one object for each fault or warning."""

import datetime as dt
import json
import logging
import sys
import traceback


class JsonLine(logging.Formatter):
    """A record as an object; of a fault its kind and the places it passed, not what it was given."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            told["fault"] = record.exc_info[0].__name__
            told["places"] = "; ".join(
                f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(record.exc_info[2])
            )
        return json.dumps(told, ensure_ascii=False)


def write_json_lines() -> None:
    """Writes the whole process's log as lines of JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
