package pilothouse.templates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import pilothouse.problems.ProblemException;

/// Changes one value of a front matter and no other byte of it: comments, quotes, order, indents and
/// line ends stay. Every result is read back and compared before it is given out.
final class FrontMatterEdit {
    private final FrontMatter matter;
    private final String yaml;
    private final String newLine;
    private final List<String> path;

    private FrontMatterEdit(FrontMatter matter, List<String> path, String newLine) {
        if (path.isEmpty()) throw new IllegalArgumentException("a path names at least one key");
        this.matter = matter;
        this.yaml = matter.yaml();
        this.newLine = newLine;
        this.path = path;
    }

    /// The YAML with that value at `path`; maps on the way are made where there are none.
    ///
    /// @param value text, number, boolean, null, or a list or map of these
    /// @throws ProblemException if it cannot be done without touching more
    static String set(FrontMatter matter, List<String> path, Object value, String newLine) {
        var edit = new FrontMatterEdit(matter, path, newLine);
        return edit.verified(edit.set(value), changed(matter.values(), path, YamlText.readBack(value)));
    }

    /// The YAML without the entry at `path`, nor the map that held nothing else.
    ///
    /// @throws ProblemException if it cannot be done without touching more
    static String remove(FrontMatter matter, List<String> path, String newLine) {
        if (!exists(matter.values(), path)) return matter.yaml();
        var last = path;
        while (last.size() > 1 && mapAt(matter.values(), last.subList(0, last.size() - 1)).size() == 1)
            last = last.subList(0, last.size() - 1);
        var edit = new FrontMatterEdit(matter, last, newLine);
        return edit.verified(edit.remove(), without(matter.values(), last));
    }

    private String set(Object value) {
        if (matter.root().isEmpty() || matter.values().isEmpty() && !(matter.root().get() instanceof MappingNode))
            return yaml + line("", 0, value);
        var node = matter.root().get();
        for (int i = 0; ; i++) {
            if (!(node instanceof MappingNode mapping))
                throw matter.problem("\"" + String.join(".", path.subList(0, i)) + "\" is no map of names and values", path,
                        "Correct it in the front matter.");
            var entry = FrontMatter.entry(mapping, path.get(i));
            if (entry.isEmpty()) return added(mapping, i, value);
            if (i == path.size() - 1) return replaced(entry.get(), value);
            if (isNull(entry.get())) return replaced(entry.get(), nested(i + 1, value));
            if (isAlias(entry.get())) throw untouchable();
            node = entry.get().getValueNode();
        }
    }

    private String replaced(NodeTuple entry, Object value) {
        if (isAlias(entry)) throw untouchable();
        var node = entry.getValueNode();
        int start = matter.start(node);
        int end = end(entry);
        var style = node instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
        var text = YamlText.of(value, style);
        boolean block = node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK;
        if (block || yaml.substring(start, end).isBlank()) {
            start = afterColon(entry);
            end = block ? end : start;
            text = " " + text;
        }
        if (yaml.substring(start, end).endsWith("\n")) text += newLine;
        return yaml.substring(0, start) + text + yaml.substring(end);
    }

    private String added(MappingNode mapping, int depth, Object value) {
        var entries = mapping.getValue();
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int close = matter.end(mapping) - 1;
            while (Character.isWhitespace(yaml.charAt(close - 1))) close--;
            var text = YamlText.of(path.get(depth), ScalarStyle.PLAIN) + ": "
                    + YamlText.of(nested(depth + 1, value), ScalarStyle.PLAIN);
            char before = yaml.charAt(close - 1);
            var comma = entries.isEmpty() ? "" : before == ',' ? " " : ", ";
            return yaml.substring(0, close) + comma + text + yaml.substring(close);
        }
        int column = matter.start(entries.getFirst().getKeyNode());
        column -= lineStart(column);
        int at = lineEnd(end(entries.getLast()));
        return yaml.substring(0, at) + line(" ".repeat(column), depth, value) + yaml.substring(at);
    }

    private String line(String indent, int depth, Object value) {
        var key = indent + YamlText.of(path.get(depth), ScalarStyle.PLAIN) + ":";
        if (depth == path.size() - 1) return key + " " + YamlText.of(value, ScalarStyle.PLAIN) + newLine;
        return key + newLine + line(indent + "  ", depth + 1, value);
    }

    private Object nested(int depth, Object value) {
        Object result = value;
        for (int i = path.size() - 1; i >= depth; i--) {
            var map = new LinkedHashMap<String, Object>();
            map.put(path.get(i), result);
            result = map;
        }
        return result;
    }

    private String remove() {
        var node = matter.root().orElseThrow();
        for (int i = 0; i < path.size() - 1; i++) {
            var entry = FrontMatter.entry(node, path.get(i)).orElseThrow(this::untouchable);
            if (isAlias(entry)) throw untouchable();
            node = entry.getValueNode();
        }
        var mapping = (MappingNode) node;
        var entry = FrontMatter.entry(mapping, path.getLast()).orElseThrow(this::untouchable);
        int index = mapping.getValue().indexOf(entry);
        int start = matter.start(entry.getKeyNode());
        int end = end(entry);
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            if (index + 1 < mapping.getValue().size()) end = matter.start(mapping.getValue().get(index + 1).getKeyNode());
            else if (index > 0) start = end(mapping.getValue().get(index - 1));
        } else {
            end = lineEnd(end);
            start = lineStart(start);
        }
        return yaml.substring(0, start) + yaml.substring(end);
    }

    /// Where an entry's value ends, comments after it not counted.
    private int end(NodeTuple entry) {
        if (isAlias(entry)) {
            int at = yaml.indexOf('*', afterColon(entry));
            while (at < yaml.length() && !Character.isWhitespace(yaml.charAt(at)) && ",]}".indexOf(yaml.charAt(at)) < 0) at++;
            return at;
        }
        var node = entry.getValueNode();
        boolean unwritten = node instanceof ScalarNode && matter.start(node) == matter.end(node);
        return unwritten ? afterColon(entry) : end(node);
    }

    private int end(Node node) {
        boolean block = node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK;
        if (!block) return matter.end(node);
        if (node instanceof MappingNode mapping) return end(mapping.getValue().getLast());
        var last = ((SequenceNode) node).getValue().getLast();
        if (matter.start(last) < matter.start(node)) throw untouchable(); // an alias: the node lies where it was named
        return end(last);
    }

    private int afterColon(NodeTuple entry) {
        return yaml.indexOf(':', matter.end(entry.getKeyNode())) + 1;
    }

    /// The parser gives an alias the place of what it stands for, which is before it.
    private boolean isAlias(NodeTuple entry) {
        return matter.start(entry.getValueNode()) < matter.end(entry.getKeyNode());
    }

    private boolean isNull(NodeTuple entry) {
        return entry.getValueNode() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private int lineStart(int offset) {
        return yaml.lastIndexOf('\n', offset - 1) + 1;
    }

    /// After the line's end; a block text already ends there.
    private int lineEnd(int offset) {
        if (offset > 0 && yaml.charAt(offset - 1) == '\n') return offset;
        int end = yaml.indexOf('\n', offset);
        return end < 0 ? yaml.length() : end + 1;
    }

    private String verified(String result, Map<String, Object> expected) {
        try {
            if (FrontMatter.parse(Source.of("", result)).values().equals(expected)) return result;
        } catch (TemplateProblem e) {
            throw untouchable(); // the edit would break the document: it is not made
        }
        throw untouchable();
    }

    private ProblemException untouchable() {
        return matter.problem("\"" + String.join(".", path) + "\" is written in a way that cannot be changed from here", path,
                "Change it in the text of the front matter.");
    }

    private static boolean exists(Map<String, Object> map, List<String> path) {
        return mapAt(map, path.subList(0, path.size() - 1)).containsKey(path.getLast());
    }

    private static Map<?, ?> mapAt(Map<String, Object> map, List<String> path) {
        Object found = map;
        for (var key : path) found = found instanceof Map<?, ?> inner && inner.get(key) != null ? inner.get(key) : Map.of();
        return found instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static Map<String, Object> changed(Map<?, ?> map, List<String> path, Object value) {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, old) -> result.put(String.valueOf(key), old));
        var inner = result.get(path.getFirst()) instanceof Map<?, ?> found ? found : Map.of();
        result.put(path.getFirst(), path.size() == 1 ? value : changed(inner, path.subList(1, path.size()), value));
        return result;
    }

    private static Map<String, Object> without(Map<?, ?> map, List<String> path) {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, old) -> result.put(String.valueOf(key), old));
        if (path.size() == 1) result.remove(path.getFirst());
        else result.put(path.getFirst(), without((Map<?, ?>) result.get(path.getFirst()), path.subList(1, path.size())));
        return result;
    }
}
