package pilothouse.templates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// The YAML between the `---` lines: read with limits, as maps, lists and scalars only.
final class FrontMatter {
    static final int MAX_CHARS = 3_000_000;
    static final int MAX_DEPTH = 50;
    static final int MAX_ALIASES = 50;
    static final int MAX_VALUES = 100_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder().setSchema(new CoreSchema())
            .setAllowDuplicateKeys(false).setAllowRecursiveKeys(false).setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_CHARS).build();

    private final Source source;
    private final String yaml;
    private final Optional<Node> root;
    private final Map<String, Object> values;
    private int copied;

    private FrontMatter(Source source) {
        this.source = source;
        yaml = source.text();
        try {
            checkDepth();
            root = new Compose(SETTINGS).composeString(yaml);
            values = root.isEmpty() ? Map.of() : topLevel(new StandardConstructor(SETTINGS).constructSingleDocument(root));
        } catch (MarkedYamlEngineException e) {
            int at = e.getProblemMark().or(e::getContextMark).map(mark -> offset(mark.getIndex())).orElse(0);
            if (e instanceof DuplicateKeyException) throw duplicate(at);
            throw invalid(e.getProblem() == null ? e.getContext() : e.getProblem(), at, e);
        } catch (ReaderException e) {
            throw invalid("the character U+%04X is not allowed".formatted(e.getCodePoint()), offset(e.getPosition()), e);
        } catch (YamlEngineException e) {
            throw invalid(e.getMessage(), 0, e);
        }
    }

    /// @throws TemplateProblem if the YAML is invalid, too large or no map of names
    static FrontMatter parse(Source source) {
        return new FrontMatter(source);
    }

    /// One YAML value, or empty if `text` is none.
    static Optional<Object> value(String text) {
        try {
            var matter = new FrontMatter(Source.of("", "value: " + text));
            return matter.values.size() == 1 ? Optional.ofNullable(matter.values.get("value")) : Optional.empty();
        } catch (TemplateProblem e) {
            return Optional.empty(); // the caller keeps the text
        }
    }

    /// Everything in it, unmodifiable, in the order of the text.
    Map<String, Object> values() {
        return values;
    }

    Optional<Node> root() {
        return root;
    }

    String yaml() {
        return yaml;
    }

    /// A problem at the value (or, if `path` leads nowhere, at the beginning).
    TemplateProblem problem(String what, List<String> path, String remedy) {
        int at = 0;
        var node = root;
        for (var key : path) {
            var tuple = node.flatMap(found -> entry(found, key));
            if (tuple.isEmpty()) break;
            node = tuple.map(NodeTuple::getValueNode);
            at = start(tuple.get().getKeyNode());
        }
        return new TemplateProblem(what, source, at, remedy);
    }

    /// Where the value at `path`, or its key, stands in the whole document. Elements of a list are named by their number from 0.
    Optional<Range> place(List<String> path, boolean ofKey) {
        var node = root;
        Optional<Range> found = Optional.empty();
        if (root.isEmpty()) return found;
        for (var key : path) {
            if (node.get() instanceof SequenceNode list) {
                var element = element(list, key);
                if (element.isEmpty() || ofKey || found.filter(it -> it.start() <= source.range(start(element.get()), end(element.get())).start()).isEmpty()) return Optional.empty();
                node = element;
                found = Optional.of(source.range(start(element.get()), end(element.get())));
                continue;
            }
            var tuple = node.flatMap(it -> entry(it, key));
            if (tuple.isEmpty()) return Optional.empty();
            var keyNode = tuple.get().getKeyNode();
            node = Optional.of(tuple.get().getValueNode());
            if (!ofKey && start(node.get()) < end(keyNode)) return Optional.empty(); // an alias lies where its name was given
            var of = ofKey ? keyNode : node.get();
            found = Optional.of(source.range(start(of), Math.max(start(of), end(of))));
        }
        return found;
    }

    private static Optional<Node> element(SequenceNode list, String index) {
        int at = index.matches("\\d{1,9}") ? Integer.parseInt(index) : -1;
        return at >= 0 && at < list.getValue().size() ? Optional.of(list.getValue().get(at)) : Optional.empty();
    }

    /// The entry of that key, if `node` is a map that has it.
    static Optional<NodeTuple> entry(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) return Optional.empty();
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)).findFirst();
    }

    int start(Node node) {
        return offset(node.getStartMark().orElseThrow().getIndex());
    }

    int end(Node node) {
        return offset(node.getEndMark().orElseThrow().getIndex());
    }

    /// The parser counts code points, we count UTF-16 units.
    private int offset(int codePoints) {
        return yaml.offsetByCodePoints(0, Math.min(codePoints, yaml.codePointCount(0, yaml.length())));
    }

    /// Before anything recursive touches it.
    private void checkDepth() {
        int depth = 0;
        for (var event : new Parse(SETTINGS).parseString(yaml)) {
            switch (event.getEventId()) {
                case Event.ID.MappingStart, Event.ID.SequenceStart -> depth++;
                case Event.ID.MappingEnd, Event.ID.SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) throw new TemplateProblem("The front matter nests deeper than " + MAX_DEPTH + " levels",
                    source, event.getStartMark().map(mark -> offset(mark.getIndex())).orElse(0), "Make it flatter.");
        }
    }

    private Map<String, Object> topLevel(Object read) {
        if (read == null) return Map.of();
        if (!(read instanceof Map<?, ?> map)) throw new TemplateProblem("The front matter is " + Values.kind(read)
                + " instead of a map of names and values", source, 0, "Write, for example, model: local/smollm2-135m.");
        return copy(map, 0);
    }

    private Map<String, Object> copy(Map<?, ?> map, int depth) {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            var name = key instanceof Number number ? Values.number(number) : String.valueOf(key);
            result.put(name, copy(value, depth));
        });
        return Collections.unmodifiableMap(result);
    }

    /// Aliases are written out here, so both size and depth are counted again.
    private Object copy(Object value, int depth) {
        if (++copied > MAX_VALUES || depth > MAX_DEPTH) throw new TemplateProblem(
                "The front matter holds more than " + MAX_VALUES + " values once its aliases are followed", source, 0,
                "Use fewer aliases.");
        return switch (value) {
            case Map<?, ?> map -> copy(map, depth + 1);
            case List<?> list -> {
                var result = new ArrayList<>();
                list.forEach(element -> result.add(copy(element, depth + 1)));
                yield Collections.unmodifiableList(result);
            }
            case String _, Boolean _, Number _ -> value;
            case null -> null;
            default -> String.valueOf(value);
        };
    }

    /// The key at `at` stands there a second time; the fix takes away its lines.
    private TemplateProblem duplicate(int at) {
        int keyEnd = yaml.indexOf(':', at);
        var key = keyEnd < 0 ? "" : yaml.substring(at, keyEnd).strip();
        int line = yaml.lastIndexOf('\n', at - 1) + 1;
        boolean block = yaml.substring(line, at).isBlank();
        int end = nextLine(at);
        while (end < yaml.length() && isInside(end, at - line)) end = nextLine(end);
        int to = end;
        return new TemplateProblem("The key \"" + key + "\" stands here a second time", source, at, "Remove one of them.",
                block ? Optional.of(source.fix("Remove this one", line, to, "")) : Optional.empty()).by("duplicate-key");
    }

    private int nextLine(int from) {
        int end = yaml.indexOf('\n', from);
        return end < 0 ? yaml.length() : end + 1;
    }

    /// Whether the line at `line` belongs to an entry whose key stands `column` letters from its line's beginning.
    private boolean isInside(int line, int column) {
        int at = line;
        while (at < yaml.length() && yaml.charAt(at) == ' ') at++;
        return at - line > column || at - line == column && yaml.startsWith("- ", at);
    }

    private TemplateProblem invalid(String why, int at, YamlEngineException cause) {
        var problem = new TemplateProblem("The front matter is not valid YAML: " + why, source, Math.min(at, yaml.length()),
                "Correct it there; text that holds special characters stands in quotes.");
        problem.initCause(cause);
        return problem;
    }
}
