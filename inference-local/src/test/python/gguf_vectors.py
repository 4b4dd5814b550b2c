"""Writes quantised.gguf and quantised.json: one tensor of every readable type, and what the package `gguf` decodes it to.

pip install gguf numpy; python gguf_vectors.py ../resources/pilothouse/modelfiles
The blocks are random bytes with random fp16 scales, so that every bit of every field matters.
"""
import base64, json, sys
from pathlib import Path
import numpy as np
import gguf
from gguf import GGMLQuantizationType as T

out = Path(sys.argv[1])
rng = np.random.default_rng(20261124)
# type -> byte offsets of the fp16 fields within a block
SCALES = {T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0],
          T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208]}
ROWS, WEIGHTS = 3, 512


def stored(kind):
    if kind == T.F32:
        return rng.normal(size=(ROWS, WEIGHTS)).astype(np.float32)
    if kind == T.F16:
        return rng.normal(size=(ROWS, WEIGHTS)).astype(np.float16)
    if kind == T.BF16:
        return gguf.quants.quantize(rng.normal(size=(ROWS, WEIGHTS)).astype(np.float32), kind)
    weights, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = rng.integers(0, 256, size=(ROWS * WEIGHTS // weights, size), dtype=np.uint8)
    for at in SCALES[kind]:
        halves = (rng.normal(size=len(blocks)) * 0.1).astype(np.float16)
        blocks[:, at:at + 2] = halves.view(np.uint8).reshape(-1, 2)
    return blocks.reshape(ROWS, -1)


writer = gguf.GGUFWriter(out / "quantised.gguf", "test")
writer.add_uint8("k.u8", 200)
writer.add_int8("k.i8", -100)
writer.add_uint16("k.u16", 60000)
writer.add_int16("k.i16", -30000)
writer.add_uint32("k.u32", 4000000000)
writer.add_int32("k.i32", -2000000000)
writer.add_float32("k.f32", 0.5)
writer.add_bool("k.bool", True)
writer.add_string("k.string", "Grüße, 世界")
writer.add_uint64("k.u64", 1 << 40)
writer.add_int64("k.i64", -(1 << 40))
writer.add_float64("k.f64", 0.1)
writer.add_array("k.strings", ["a", "", "ß"])
writer.add_array("k.ints", [1, -2, 3])
writer.add_array("k.floats", [0.5, -1.5])
expected = {}
for kind in [T.F32, T.F16, T.BF16, *SCALES]:
    data = stored(kind)
    raw = kind in SCALES or kind == T.BF16
    writer.add_tensor(kind.name, data, raw_dtype=kind if raw else None)
    values = gguf.quants.dequantize(data, kind) if raw else data.astype(np.float32)
    assert values.shape == (ROWS, WEIGHTS), (kind, values.shape)
    expected[kind.name] = base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
(out / "quantised.json").write_text(json.dumps(expected, indent=1))
