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
        for (var name : List.of("norm1", "norm2", "cache", "blocks")) attributes.add(new Attribute.Sequence(name, "Tensor"));
        return new ScriptText(plan, numbers()).archive(attributes, LOADING + CACHE + BLOCKS + PARTS + DECODE + PREFILL + MIXED);
    }

    private Map<String, Object> numbers() {
        int kv = shape.kvHeads();
        return Map.ofEntries(Map.entry("LAYERS", shape.layers()), Map.entry("ROOT_HIDDEN", Math.sqrt(shape.hidden())),
                Map.entry("HEADS", shape.heads()), Map.entry("KV", kv), Map.entry("KV_TWICE", 2 * kv),
                Map.entry("ROTATED", shape.heads() + kv), Map.entry("ALL_HEADS", shape.heads() + 2 * kv),
                Map.entry("GROUP", shape.heads() / kv), Map.entry("SIZE", shape.headSize()),
                Map.entry("HALF_SIZE", shape.headSize() / 2), Map.entry("ROW", shape.heads() * shape.headSize()),
                Map.entry("CACHE_ROW", 2 * kv * shape.headSize()), Map.entry("BLOCK", ModelShape.BLOCK),
                Map.entry("FLOOR", Math.sqrt(shape.hidden() * shape.epsilon())),
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
              def resize(self, slots: int, tokens: int) -> int:
                for l in range($LAYERS):
                  old = self.cache[l]
                  new = torch.zeros([slots, tokens, 2, $KV, $SIZE], dtype=6, layout=None, device=None, pin_memory=None)
                  kept = torch.slice(torch.slice(old, 0, 0, slots, 1), 1, 0, tokens, 1)
                  torch.copy_(torch.slice(torch.slice(new, 0, 0, torch.size(kept, 0), 1), 1, 0, torch.size(kept, 1), 1), kept)
                  torch._set_item(self.cache, l, new)
                return torch.mul(slots, tokens)
              def copy_slot(self, source: int, target: int, tokens: int) -> int:
                for l in range($LAYERS):
                  old = torch.slice(torch.select(self.cache[l], 0, source), 0, 0, tokens, 1)
                  torch.copy_(torch.slice(torch.select(self.cache[l], 0, target), 0, 0, tokens, 1), old)
                return tokens
            """;

    /// Blocks lie one after another, so a run of them is copied at once. Their memory is not touched before it is used.
    private static final String BLOCKS = """
              def reserve_blocks(self, count: int) -> int:
                torch.clear(self.blocks)
                for l in range($LAYERS):
                  torch.append(self.blocks, torch.empty([torch.mul(count, $BLOCK), 2, $KV, $SIZE], dtype=6, layout=None, device=None, pin_memory=None, memory_format=None))
                return count
              def keep(self, slot: int, start: int, block: int, count: int) -> int:
                first = torch.mul(block, $BLOCK)
                n = torch.mul(count, $BLOCK)
                for l in range($LAYERS):
                  fresh = torch.slice(torch.select(self.cache[l], 0, slot), 0, start, torch.add(start, n), 1)
                  torch.copy_(torch.slice(self.blocks[l], 0, first, torch.add(first, n), 1), fresh)
                return count
              def recall(self, slot: int, start: int, block: int, count: int) -> int:
                first = torch.mul(block, $BLOCK)
                n = torch.mul(count, $BLOCK)
                for l in range($LAYERS):
                  kept = torch.slice(self.blocks[l], 0, first, torch.add(first, n), 1)
                  torch.copy_(torch.slice(torch.select(self.cache[l], 0, slot), 0, start, torch.add(start, n), 1), kept)
                return count
            """;

    /// `rows`: attention of one row in each of the slots from `slot` on. `chunk`: of rows one after another in one slot.
    /// `hidden`: what each position may not see.
    private static final String PARTS = """
              def embedded(self, ids: List[int]) -> Tensor:
                return torch.to(torch.embedding(self.embedding, torch.tensor(ids, dtype=4, device=None, requires_grad=False)), 6, False, False)
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
              def hidden(self, p: Tensor, reach: int) -> Tensor:
                k = torch.arange(reach, dtype=4, layout=None, device=None, pin_memory=None)
                later = torch.gt(torch.unsqueeze(k, 0), torch.unsqueeze(p, 1))
                return torch.mul(torch.to(later, 6, False, False), -10000.)
              def store(self, r: Tensor, l: int, row: Tensor) -> Tensor:
                fresh = torch.reshape(torch.slice(r, 1, $HEADS, $ALL_HEADS, 1), [torch.size(r, 0), $CACHE_ROW])
                return torch.index_copy_(torch.view(self.cache[l], [-1, $CACHE_ROW]), 0, row, fresh)
              def rows(self, r: Tensor, l: int, slot: int, reach: int, mask: Optional[Tensor]) -> Tensor:
                n = torch.size(r, 0)
                past = torch.slice(torch.slice(self.cache[l], 0, slot, torch.add(slot, n), 1), 1, 0, reach, 1)
                key, value = torch.unbind(torch.permute(past, [2, 0, 3, 1, 4]), 0)
                query = torch.reshape(torch.slice(r, 1, 0, $HEADS, 1), [n, $KV, $GROUP, $SIZE])
                seen = torch.scaled_dot_product_attention(query, key, value, mask, 0., False, scale=None, enable_gqa=False)
                return torch.reshape(seen, [n, $ROW])
              def chunk(self, r: Tensor, l: int, slot: int, reach: int, mask: Optional[Tensor], causal: bool) -> Tensor:
                n = torch.size(r, 0)
                past = torch.permute(torch.slice(torch.select(self.cache[l], 0, slot), 0, 0, reach, 1), [1, 2, 0, 3])
                key, value = torch.unbind(torch.expand(torch.unsqueeze(past, 2), [2, $KV, $GROUP, reach, $SIZE]), 0)
                query = torch.permute(torch.view(torch.slice(r, 1, 0, $HEADS, 1), [n, $KV, $GROUP, $SIZE]), [1, 2, 0, 3])
                seen = torch.scaled_dot_product_attention(query, key, value, mask, 0., causal, scale=None, enable_gqa=False)
                return torch.reshape(torch.permute(seen, [2, 0, 1, 3]), [n, $ROW])
            """;

    private static final String BEFORE_ATTENTION = """
                for l in range($LAYERS):
                  h = self.normal(x, self.norm1[l])
                  y = @qkv(h, l)
                  r = self.rotated(y, turn)
            """;

    private static final String AFTER_ATTENTION = """
                  o = @out(a, l)
                  x = torch.add(x, o)
                  h2 = self.normal(x, self.norm2[l])
                  b = @gate_up(h2, l)
                  gate, up = torch.chunk(b, 2, 1)
                  m = torch.mul(torch.silu(gate), up)
                  d = @down(m, l)
                  x = torch.add(x, d)
            """;

    private static final String HEAD = """
                e = self.normal(x, self.norm)
                z = @head(e, 0)
                return z
            """;

    private static final String DECODE = """
              def decode(self, ids: List[int], positions: List[int], slot: int, reach: int) -> Tensor:
                n = torch.len(ids)
                few = torch.le(n, $FEW)
                p = torch.tensor(positions, dtype=4, device=None, requires_grad=False)
                room = torch.size(self.cache[0], 1)
                row = torch.add(torch.mul(torch.arange(slot, torch.add(slot, n), dtype=4, layout=None, device=None, pin_memory=None), room), p)
                x = self.embedded(ids)
                turn = self.rotation(p)
                mask = annotate(Optional[Tensor], None)
                if torch.gt(n, 1):
                  mask = torch.reshape(self.hidden(p, reach), [n, 1, 1, reach])
                else:
                  pass
            """ + BEFORE_ATTENTION + """
                  self.store(r, l, row)
                  a = self.rows(r, l, slot, reach, mask)
            """ + AFTER_ATTENTION + HEAD;

    private static final String PREFILL = """
              def prefill(self, ids: List[int], start: int, slot: int, all: int) -> Tensor:
                n = torch.len(ids)
                few = torch.le(n, $FEW)
                reach = torch.add(start, n)
                p = torch.arange(start, reach, dtype=4, layout=None, device=None, pin_memory=None)
                x = self.embedded(ids)
                turn = self.rotation(p)
                causal = torch.eq(start, 0)
                mask = annotate(Optional[Tensor], None)
                if causal:
                  pass
                else:
                  mask = torch.reshape(self.hidden(p, reach), [1, 1, n, reach])
            """ + BEFORE_ATTENTION + """
                  fresh = torch.view(torch.slice(torch.select(self.cache[l], 0, slot), 0, start, reach, 1), [n, $KV_TWICE, $SIZE])
                  torch.copy_(fresh, torch.slice(r, 1, $HEADS, $ALL_HEADS, 1))
                  a = self.chunk(r, l, slot, reach, mask, causal)
            """ + AFTER_ATTENTION + """
                if torch.eq(all, 0):
                  x = torch.slice(x, 0, torch.sub(n, 1), n, 1)
                else:
                  pass
            """ + HEAD;

    /// A decode step of the first `n` rows, in slots 0 to n-1, and a chunk of a prompt in the rows behind them: the
    /// weights are read once for both.
    private static final String MIXED = """
              def mixed(self, ids: List[int], positions: List[int], slots: List[int], n: int, reach: int) -> Tensor:
                total = torch.len(ids)
                few = torch.le(total, $FEW)
                c = torch.sub(total, n)
                slot = slots[n]
                end = torch.add(positions[n], c)
                p = torch.tensor(positions, dtype=4, device=None, requires_grad=False)
                room = torch.size(self.cache[0], 1)
                row = torch.add(torch.mul(torch.tensor(slots, dtype=4, device=None, requires_grad=False), room), p)
                x = self.embedded(ids)
                turn = self.rotation(p)
                mask = torch.reshape(self.hidden(torch.slice(p, 0, 0, n, 1), reach), [n, 1, 1, reach])
                mask2 = torch.reshape(self.hidden(torch.slice(p, 0, n, total, 1), end), [1, 1, c, end])
            """ + BEFORE_ATTENTION + """
                  self.store(r, l, row)
                  a1 = self.rows(torch.slice(r, 0, 0, n, 1), l, 0, reach, mask)
                  a2 = self.chunk(torch.slice(r, 0, n, total, 1), l, slot, end, mask2, False)
                  a = torch.cat([a1, a2], 0)
            """ + AFTER_ATTENTION + """
                x = torch.cat([torch.slice(x, 0, 0, n, 1), torch.slice(x, 0, torch.sub(total, 1), total, 1)], 0)
            """ + HEAD;
}
