"""The API is what its description says, whatever it is asked."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
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
from starlette.testclient import TestClient

from muniment.app.web import Gate, make_app, open_room

# A few of each operation in the gate, the same ones every time; many at night.
EXAMPLES = 150 if os.environ.get("HYPOTHESIS_PROFILE") == "night" else 8
ADDRESS = "http://127.0.0.1:8765/api/v1"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
)


@pytest.fixture(scope="module")
def asked(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Somebody who asks by the token, in a case of their own."""
    folder = shutil.copytree(case, tmp_path_factory.mktemp("schema") / "case")
    with open_room(folder, "script-1") as room:
        application = make_app(room, Gate(8765, token="told to scripts"))  # noqa: S106 - of a test
        told = {"authorization": "Bearer told to scripts"}
        yield TestClient(
            application, "http://127.0.0.1:8765", headers=told, raise_server_exceptions=False
        )


@pytest.fixture(scope="module")
def description(asked: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(asked.get("/api/v1/openapi.json").json())


def test_every_answer_is_one_that_the_description_names(
    description: schemathesis.BaseSchema, asked: TestClient
) -> None:
    operations = [each.ok() for each in description.get_all_operations()]
    assert len(operations) >= 12
    for operation in operations:
        for mode in list(GenerationMode):
            _ask(operation, mode, asked)


def _ask(operation: Any, mode: GenerationMode, asked: TestClient) -> None:
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
        answer = case.call(base_url=ADDRESS, session=asked)
        case.validate_response(answer, checks=list(CHECKS))

    check()
