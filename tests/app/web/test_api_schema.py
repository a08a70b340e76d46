"""The API is what its description says, whatever it is asked."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from muniment.app.web import Gate, make_app, open_room
from tests.copies import copy_of

# A few of each operation in the gate, the same ones every time; many at night.
EXAMPLES = 150 if os.environ.get("HYPOTHESIS_PROFILE") == "night" else 5
TOKEN = "told to scripts"  # noqa: S105 - of a test
AT_THE_DOOR = (413, 414)  # too long for anything to have read it
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
)


@pytest.fixture(scope="module")
def address(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the API of a small case is served."""
    folder = copy_of(small, tmp_path_factory.mktemp("schema") / "case")
    config = uvicorn.Config(
        FastAPI(), host="127.0.0.1", port=0, log_level="critical", access_log=False, lifespan="off"
    )
    listener = config.bind_socket()
    port = listener.getsockname()[1]
    with open_room(folder, "script-1") as room:
        config.app = make_app(room, Gate(port, token=TOKEN))
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}/api/v1"
        server.should_exit = True
        thread.join(10)
    listener.close()


def test_every_answer_is_one_that_the_description_names(address: str) -> None:
    told = {"authorization": f"Bearer {TOKEN}"}
    description = httpx2.get(f"{address}/openapi.json", headers=told).json()
    operations = [
        each.ok() for each in schemathesis.openapi.from_dict(description).get_all_operations()
    ]
    assert len(operations) >= 15
    for operation in operations:
        _ask(operation, GenerationMode.POSITIVE, address)
        if any(True for _ in operation.iter_parameters()) or len(list(operation.body)) > 0:
            _ask(operation, GenerationMode.NEGATIVE, address)


def _ask(operation: Any, mode: GenerationMode, address: str) -> None:
    """Ask one operation with what fits its description, or with what does not."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        answer = case.call(base_url=address, headers={"authorization": f"Bearer {TOKEN}"})
        if answer.status_code not in AT_THE_DOOR:
            case.validate_response(answer, checks=list(CHECKS))

    check()
