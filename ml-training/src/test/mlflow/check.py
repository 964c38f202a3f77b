"""Loads the champion as a data scientist does, and compares it with the golden rows that came with it."""
import json
import sys

import mlflow
import numpy

server, name = sys.argv[1:3]
mlflow.set_tracking_uri(server)
address = f"models:/{name}@champion"
with open(mlflow.artifacts.download_artifacts(f"{address}/golden.json")) as file:
    rows = json.load(file)["rows"]
features = numpy.array(
    [[numpy.nan if value is None else value for value in row["features"]] for row in rows], dtype=numpy.float32)
expected = numpy.array([row["probability"] for row in rows])

pyfunc = mlflow.pyfunc.load_model(address).predict(features)["probability"]
worst = {"pyfunc": numpy.abs(numpy.ravel(pyfunc) - expected).max()}

import onnxruntime  # noqa: E402  after mlflow, which configures it

session = onnxruntime.InferenceSession(
    mlflow.onnx.load_model(address).SerializeToString(), providers=["CPUExecutionProvider"])
worst["onnx"] = numpy.abs(numpy.ravel(session.run(None, {"features": features})[0]) - expected).max()

print(f"{len(rows)} rows, largest difference: " + ", ".join(f"{key} {value:.1e}" for key, value in worst.items()))
sys.exit(int(max(worst.values()) > 1e-6))
