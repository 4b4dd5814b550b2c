package pilothouse.engine.cache;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which blocks of keys and values are kept, by all the ids that lead to them: a block is found by its own ids and by
/// the block before it, so that nothing is ever taken for something else. The least recently used give way, ends of
/// sequences before their beginnings. One thread.
public final class PrefixBlocks {
    /// Blocks that lie one after another.
    ///
    /// @param position of the first id in its sequence
    /// @param block    place of the first
    public record Run(int position, int block, int count) {}

    /// @param before serial of the block before it, 0 for none
    private record Key(long before, IntBuffer ids) {}

    /// @param serial never used again for another one
    private record Block(int place, long serial) {}

    private final int size;
    private final int capacity;
    private final Map<Key, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long serials;

    /// @param size     ids in a block
    /// @param capacity most blocks
    public PrefixBlocks(int size, int capacity) {
        this.size = size;
        this.capacity = capacity;
    }

    /// Blocks that are kept now.
    public int count() {
        return blocks.size();
    }

    /// Forgets them all.
    public void clear() {
        blocks.clear();
    }

    /// The longest beginning of the first `until` ids that is kept.
    public List<Run> find(int[] ids, int until) {
        var chain = chain(ids, until);
        var places = chain.stream().map(key -> blocks.get(key).place()).toList();
        touch(chain);
        return runs(places, 0);
    }

    /// Makes places for those whole blocks of the first `until` ids that are not kept yet, as far as there is room.
    ///
    /// @return what has to be copied there
    public List<Run> add(int[] ids, int until) {
        var chain = chain(ids, until);
        touch(chain);
        int kept = chain.size();
        var places = places(until / size - kept, chain);
        for (int i = 0; i < places.length; i++) {
            var key = key(serialOf(chain), ids, kept + i);
            blocks.put(key, new Block(places[i], ++serials));
            chain.add(key);
        }
        touch(chain);
        return runs(Arrays.stream(places).boxed().toList(), kept * size);
    }

    private List<Key> chain(int[] ids, int until) {
        var chain = new ArrayList<Key>();
        while ((chain.size() + 1) * size <= until) {
            var key = key(serialOf(chain), ids, chain.size());
            if (!blocks.containsKey(key)) break;
            chain.add(key);
        }
        return chain;
    }

    private long serialOf(List<Key> chain) {
        return chain.isEmpty() ? 0 : blocks.get(chain.getLast()).serial();
    }

    private Key key(long before, int[] ids, int index) {
        return new Key(before, IntBuffer.wrap(Arrays.copyOfRange(ids, index * size, (index + 1) * size)));
    }

    /// From the end, so that the beginning is the most recently used.
    private void touch(List<Key> chain) {
        for (var key : chain.reversed()) blocks.get(key);
    }

    /// Unused places, then those of others, never of `chain`'s; rising, so that they make few runs.
    private int[] places(int wanted, List<Key> chain) {
        int unused = Math.min(wanted, capacity - blocks.size());
        int taken = Math.min(wanted - unused, blocks.size() - chain.size());
        var places = new int[unused + taken];
        for (int i = 0; i < unused; i++) places[i] = blocks.size() + i;
        var eldest = blocks.values().iterator();
        for (int i = 0; i < taken; i++) {
            places[unused + i] = eldest.next().place();
            eldest.remove();
        }
        Arrays.sort(places);
        return places;
    }

    private List<Run> runs(List<Integer> places, int position) {
        var runs = new ArrayList<Run>();
        for (int i = 0; i < places.size(); i++) {
            var last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.block() + last.count() == places.get(i)) runs.set(runs.size() - 1, new Run(last.position(), last.block(), last.count() + 1));
            else runs.add(new Run(position + i * size, places.get(i), 1));
        }
        return runs;
    }
}
