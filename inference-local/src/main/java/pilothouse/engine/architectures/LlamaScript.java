package pilothouse.engine.architectures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.engine.torchscript.ScriptArchive;
import pilothouse.engine.torchscript.ScriptArchive.Attribute;
import pilothouse.engine.weights.KernelPlan;

/// The forward pass of the llama family as TorchScript. Activations, key/value cache and logits are fp32.
///
/// Cache: a tensor `[slots, tokens, 2, kv heads, head size]` a layer. Attention sees a group of query heads as the
/// heads of a key head, so keys are never repeated. Rotary positions are products of complex numbers, because the
/// files put the two elements that turn together side by side: one operation for all heads, 1 for the value heads.
/// RMS norm: `x·w·√n / hypot(‖x‖, √(n·ε))`, half the operations of the built-in one.
record LlamaScript(ModelShape shape, KernelPlan plan) {
    ScriptArchive archive() {
        var attributes = new ArrayList<Attribute>();
        for (var name : List.of("embedding", "norm", "turns", "floor")) attributes.add(new Attribute.Tensor(name));
        for (var name : List.of("norm1", "norm2", "cache")) attributes.add(new Attribute.Sequence(name, "Tensor"));
        return new ScriptText(plan, numbers()).archive(attributes, LOADING + CACHE + BLOCK + DECODE + PREFILL);
    }

    private Map<String, Object> numbers() {
        int kv = shape.kvHeads();
        return Map.ofEntries(Map.entry("LAYERS", shape.layers()), Map.entry("ROOT_HIDDEN", Math.sqrt(shape.hidden())),
                Map.entry("HEADS", shape.heads()), Map.entry("KV", kv), Map.entry("KV_TWICE", 2 * kv),
                Map.entry("ROTATED", shape.heads() + kv), Map.entry("ALL_HEADS", shape.heads() + 2 * kv),
                Map.entry("GROUP", shape.heads() / kv), Map.entry("SIZE", shape.headSize()),
                Map.entry("HALF_SIZE", shape.headSize() / 2), Map.entry("ROW", shape.heads() * shape.headSize()),
                Map.entry("CACHE_ROW", 2 * kv * shape.headSize()), Map.entry("FLOOR", Math.sqrt(shape.hidden() * shape.epsilon())),
                Map.entry("FEW", KernelPlan.FEW_ROWS), Map.entry("TABLE_TYPE", plan.halfTable() ? 5 : 6));
    }

    private static final String LOADING = """
              def put_embedding(self, w: Tensor) -> int:
                self.embedding = torch.to(w, $TABLE_TYPE, False, True)
                return 1
              def put_norm(self, w: Tensor) -> int:
                self.norm = torch.mul(w, $ROOT_HIDDEN)
                return 1
              def put_norm1(self, w: Tensor) -> int:
                torch.append(self.norm1, torch.mul(w, $ROOT_HIDDEN))
                return torch.len(self.norm1)
              def put_norm2(self, w: Tensor) -> int:
                torch.append(self.norm2, torch.mul(w, $ROOT_HIDDEN))
                return torch.len(self.norm2)
              def put_turns(self, w: Tensor) -> int:
                self.turns = torch.view_as_complex(torch.clone(w))
                self.floor = torch.full([1], $FLOOR, dtype=6, layout=None, device=None, pin_memory=None)
                return torch.size(self.turns, 0)
            """;

    private static final String CACHE = """
              def reserve(self, slots: int, tokens: int) -> int:
                torch.clear(self.cache)
                for l in range($LAYERS):
                  torch.append(self.cache, torch.zeros([slots, tokens, 2, $KV, $SIZE], dtype=6, layout=None, device=None, pin_memory=None))
                return torch.mul(slots, tokens)
              def grow(self, tokens: int) -> int:
                for l in range($LAYERS):
                  old = self.cache[l]
                  new = torch.zeros([torch.size(old, 0), tokens, 2, $KV, $SIZE], dtype=6, layout=None, device=None, pin_memory=None)
                  torch.copy_(torch.slice(new, 1, 0, torch.size(old, 1), 1), old)
                  torch._set_item(self.cache, l, new)
                return torch.mul(torch.size(self.cache[0], 0), tokens)
            """;

    private static final String BLOCK = """
              def normal(self, x: Tensor, w: Tensor) -> Tensor:
                length = torch.linalg_vector_norm(x, 2, [1], True, dtype=None)
                return torch.div(torch.mul(x, w), torch.hypot(length, self.floor))
              def rotation(self, p: Tensor) -> Tensor:
                n = torch.size(p, 0)
                turned = torch.expand(torch.unsqueeze(torch.index_select(self.turns, 0, p), 1), [n, $ROTATED, $HALF_SIZE])
                still = torch.ones([n, $KV, $HALF_SIZE], dtype=9, layout=None, device=None, pin_memory=None)
                return torch.cat([turned, still], 1)
              def rotated(self, y: Tensor, turn: Tensor) -> Tensor:
                n = torch.size(y, 0)
                pairs = torch.view_as_complex(torch.view(y, [n, $ALL_HEADS, $HALF_SIZE, 2]))
                return torch.view(torch.view_as_real(torch.mul(pairs, turn)), [n, $ALL_HEADS, $SIZE])
            """;

    private static final String DECODE = """
              def decode(self, ids: List[int], positions: List[int], slot: int, reach: int) -> Tensor:
                n = torch.len(ids)
                few = torch.le(n, $FEW)
                p = torch.tensor(positions, dtype=4, device=None, requires_grad=False)
                room = torch.size(self.cache[0], 1)
                row = torch.add(torch.mul(torch.arange(slot, torch.add(slot, n), dtype=4, layout=None, device=None, pin_memory=None), room), p)
                x = torch.to(torch.embedding(self.embedding, torch.tensor(ids, dtype=4, device=None, requires_grad=False)), 6, False, False)
                turn = self.rotation(p)
                mask = annotate(Optional[Tensor], None)
                if torch.gt(n, 1):
                  k = torch.arange(reach, dtype=4, layout=None, device=None, pin_memory=None)
                  hidden = torch.gt(torch.unsqueeze(k, 0), torch.unsqueeze(p, 1))
                  mask = torch.reshape(torch.mul(torch.to(hidden, 6, False, False), -10000.), [n, 1, 1, reach])
                else:
                  pass
                for l in range($LAYERS):
                  h = self.normal(x, self.norm1[l])
                  y = @qkv(h, l)
                  r = self.rotated(y, turn)
                  rows = torch.view(self.cache[l], [-1, $CACHE_ROW])
                  torch.index_copy_(rows, 0, row, torch.reshape(torch.slice(r, 1, $HEADS, $ALL_HEADS, 1), [n, $CACHE_ROW]))
                  past = torch.slice(torch.slice(self.cache[l], 0, slot, torch.add(slot, n), 1), 1, 0, reach, 1)
                  key, value = torch.unbind(torch.permute(past, [2, 0, 3, 1, 4]), 0)
                  query = torch.reshape(torch.slice(r, 1, 0, $HEADS, 1), [n, $KV, $GROUP, $SIZE])
                  a = torch.reshape(torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=None, enable_gqa=False), [n, $ROW])
                  o = @out(a, l)
                  x = torch.add(x, o)
                  h2 = self.normal(x, self.norm2[l])
                  b = @gate_up(h2, l)
                  gate, up = torch.chunk(b, 2, 1)
                  m = torch.mul(torch.silu(gate), up)
                  d = @down(m, l)
                  x = torch.add(x, d)
                e = self.normal(x, self.norm)
                z = @head(e, 0)
                return z
            """;

    private static final String PREFILL = """
              def prefill(self, ids: List[int], start: int, slot: int, all: int) -> Tensor:
                n = torch.len(ids)
                few = torch.le(n, $FEW)
                reach = torch.add(start, n)
                p = torch.arange(start, reach, dtype=4, layout=None, device=None, pin_memory=None)
                x = torch.to(torch.embedding(self.embedding, torch.tensor(ids, dtype=4, device=None, requires_grad=False)), 6, False, False)
                turn = self.rotation(p)
                causal = torch.eq(start, 0)
                mask = annotate(Optional[Tensor], None)
                if causal:
                  pass
                else:
                  k = torch.arange(reach, dtype=4, layout=None, device=None, pin_memory=None)
                  hidden = torch.gt(torch.unsqueeze(k, 0), torch.unsqueeze(p, 1))
                  mask = torch.reshape(torch.mul(torch.to(hidden, 6, False, False), -10000.), [1, 1, n, reach])
                for l in range($LAYERS):
                  h = self.normal(x, self.norm1[l])
                  y = @qkv(h, l)
                  r = self.rotated(y, turn)
                  mine = torch.select(self.cache[l], 0, slot)
                  fresh = torch.view(torch.slice(mine, 0, start, reach, 1), [n, $KV_TWICE, $SIZE])
                  torch.copy_(fresh, torch.slice(r, 1, $HEADS, $ALL_HEADS, 1))
                  past = torch.permute(torch.slice(mine, 0, 0, reach, 1), [1, 2, 0, 3])
                  key, value = torch.unbind(torch.expand(torch.unsqueeze(past, 2), [2, $KV, $GROUP, reach, $SIZE]), 0)
                  query = torch.permute(torch.view(torch.slice(r, 1, 0, $HEADS, 1), [n, $KV, $GROUP, $SIZE]), [1, 2, 0, 3])
                  seen = torch.scaled_dot_product_attention(query, key, value, mask, 0., causal, scale=None, enable_gqa=False)
                  a = torch.reshape(torch.permute(seen, [2, 0, 1, 3]), [n, $ROW])
                  o = @out(a, l)
                  x = torch.add(x, o)
                  h2 = self.normal(x, self.norm2[l])
                  b = @gate_up(h2, l)
                  gate, up = torch.chunk(b, 2, 1)
                  m = torch.mul(torch.silu(gate), up)
                  d = @down(m, l)
                  x = torch.add(x, d)
                if torch.eq(all, 0):
                  x = torch.slice(x, 0, torch.sub(n, 1), n, 1)
                else:
                  pass
                e = self.normal(x, self.norm)
                z = @head(e, 0)
                return z
            """;
}
