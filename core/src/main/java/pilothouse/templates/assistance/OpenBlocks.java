package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The blocks that are open at an offset, outermost first, and what can be read in them.
final class OpenBlocks {
    /// @param over  the path that `each` or `with` steps into
    /// @param names given by `as |item index|`
    private record Block(String helper, Optional<String> over, List<String> names) {
        boolean enters() {
            return over.isPresent();
        }
    }

    private final List<Block> blocks = new ArrayList<>();

    /// @param tags of the text, in their order; those before `offset` count
    OpenBlocks(String text, List<BodyTag> tags, int offset) {
        for (var tag : tags) {
            if (tag.end() > offset || !tag.isClosed()) continue;
            if (tag.mark() == '#') open(tag.words(text));
            else if (tag.mark() == '/' && !blocks.isEmpty()) blocks.removeLast();
        }
    }

    private void open(List<BodyTag.Word> words) {
        if (words.isEmpty()) return;
        var helper = words.getFirst().text();
        boolean enters = words.size() > 1 && (helper.equals("each") || helper.equals("with"));
        var names = new ArrayList<String>();
        for (int i = 2; i < words.size(); i++)
            if (words.get(i).kind() == BodyTag.Word.Kind.PATH && !words.get(i).text().equals("as")) names.add(words.get(i).text());
        blocks.add(new Block(helper, enters ? Optional.of(words.get(1).text()) : Optional.empty(), names));
    }

    /// What the next closing tag closes.
    Optional<String> innermost() {
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.getLast().helper());
    }

    boolean isInLoop() {
        return blocks.stream().anyMatch(it -> it.helper().equals("each"));
    }

    /// How many of them step into a value.
    int depth() {
        return (int) blocks.stream().filter(Block::enters).count();
    }

    List<String> names() {
        return blocks.stream().flatMap(it -> it.names().stream()).distinct().toList();
    }

    /// The schema of what a path reads here; empty if nothing is known of it.
    Map<?, ?> schema(String path, Map<?, ?> root) {
        var around = new ArrayList<Map<?, ?>>(List.of(root));
        var named = new HashMap<String, Map<?, ?>>();
        for (var block : blocks) {
            if (!block.enters()) continue;
            var over = schema(block.over().orElseThrow(), around, named);
            var inside = block.helper().equals("each") ? KnownFields.element(over) : over;
            around.add(inside);
            if (!block.names().isEmpty()) named.put(block.names().getFirst(), inside);
        }
        return schema(path, around, named);
    }

    private static Map<?, ?> schema(String path, List<Map<?, ?>> around, Map<String, Map<?, ?>> named) {
        var steps = KnownFields.steps(path);
        int at = path.startsWith("@root") ? 0 : Math.max(0, around.size() - 1 - PathStart.ups(path));
        Map<?, ?> schema = around.get(at);
        boolean self = steps.equals(List.of("this")) || steps.equals(List.of("."));
        for (int i = 0; i < steps.size() && !self; i++)
            schema = i == 0 && PathStart.of(path) == 0 && named.containsKey(steps.getFirst()) ? named.get(steps.getFirst()) : KnownFields.part(schema, steps.get(i));
        return schema;
    }
}
