"""Asks for scores and contributions as any client of the Open Inference Protocol does."""
import sys

import numpy
import tritonclient.http as inference
from tritonclient.utils import InferenceServerException

client = inference.InferenceServerClient(sys.argv[1])
assert client.is_server_live() and client.is_server_ready()
assert client.get_server_metadata()["name"] == "weir-scoring"
assert client.is_model_ready("conversion") and not client.is_model_ready("another")
model = client.get_model_metadata("conversion")
version = model["versions"][0]
assert client.is_model_ready("conversion", version) and not client.is_model_ready("conversion", "0")
width = model["inputs"][0]["shape"][1]

rows = numpy.random.default_rng(1).normal(size=(1000, width)).astype(numpy.float32)
rows[rows > 1.5] = numpy.nan
features = inference.InferInput("features", list(rows.shape), "FP32")
features.set_data_from_numpy(rows, binary_data=False)
outputs = [inference.InferRequestedOutput(name, binary_data=False) for name in ("probability", "contributions")]
answer = client.infer("conversion", [features], model_version=version, outputs=outputs, request_id="r1")
assert answer.get_response()["id"] == "r1"
probability = answer.as_numpy("probability")
margin = answer.as_numpy("contributions").sum(axis=1, keepdims=True)
difference = numpy.abs(probability - 1 / (1 + numpy.exp(-margin))).max()
assert probability.shape == (1000, 1) and difference < 1e-6, difference
assert numpy.unique(probability).size > 1

features.set_data_from_numpy(rows)
try:
    client.infer("conversion", [features])
    sys.exit("binary tensors were taken")
except InferenceServerException as refused:
    assert "binary_data=False" in refused.message(), refused

print(f"{len(rows)} rows, the sigmoid of their contributions differs by at most {difference:.1e}")
