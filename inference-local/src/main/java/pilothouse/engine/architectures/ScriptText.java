package pilothouse.engine.architectures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pilothouse.engine.torchscript.ScriptArchive;
import pilothouse.engine.torchscript.ScriptArchive.Attribute;
import pilothouse.engine.weights.Kernel;
import pilothouse.engine.weights.KernelPlan;

/// Makes a script out of a text with holes: `$NAME` is a number, and a line `y = @matrix(x, layer)` is a product with
/// the kernels of the plan, chosen when it runs by the bool `few` (few rows).
final class ScriptText {
    private static final Pattern PRODUCT = Pattern.compile("(?m)^( *)(\\w+) = @(\\w+)\\((\\w+), (\\w+)\\)$");
    private static final Pattern NUMBER = Pattern.compile("\\$([A-Z_]+)");

    private final KernelPlan plan;
    private final Map<String, Object> numbers;

    ScriptText(KernelPlan plan, Map<String, Object> numbers) {
        this.plan = plan;
        this.numbers = numbers;
    }

    /// @param attributes besides those that hold matrices
    ScriptArchive archive(List<Attribute> attributes, String methods) {
        var all = new ArrayList<>(attributes);
        var text = new StringBuilder();
        new TreeMap<>(plan.matrices()).forEach((matrix, choice) -> {
            for (var kernel : choice.kernels()) {
                all.addAll(kernel.attributes(matrix));
                text.append(kernel.putMethod(matrix));
            }
        });
        return new ScriptArchive(all, text + products(numbers(methods)));
    }

    private String numbers(String text) {
        return NUMBER.matcher(text).replaceAll(hole -> {
            var value = numbers.get(hole.group(1));
            if (value == null) throw new IllegalArgumentException("no number for " + hole.group());
            return Matcher.quoteReplacement(value.toString());
        });
    }

    private String products(String text) {
        return PRODUCT.matcher(text).replaceAll(line -> Matcher.quoteReplacement(
                product(line.group(1), line.group(2), line.group(3), line.group(4), line.group(5))));
    }

    private String product(String indent, String y, String matrix, String x, String layer) {
        var choice = plan.of(matrix);
        if (choice.few() == choice.many()) return assignment(indent, y, choice.few(), matrix, x, layer);
        return indent + "if few:\n" + assignment(indent + "  ", y, choice.few(), matrix, x, layer) + "\n"
                + indent + "else:\n" + assignment(indent + "  ", y, choice.many(), matrix, x, layer);
    }

    private static String assignment(String indent, String y, Kernel kernel, String matrix, String x, String layer) {
        return indent + y + " = " + kernel.product(x, matrix, layer);
    }
}
