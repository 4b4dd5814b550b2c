package pilothouse.prompts.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.values.ValueSetFile.Refused;
import pilothouse.templates.InputSchema;

class ValueSetFileTest {
    private static final InputSchema SCHEMA = new InputSchema(Map.of("type", "object", "properties", Map.of("ticket", Map.of("type", "string"),
            "age", Map.of("type", "integer"), "tags", Map.of("type", "array"), "tier", Map.of("enum", List.of("free", "pro")))));
    private static final Set<String> VARIABLES = Set.of("ticket", "age", "tags", "tier");

    private static ValueSetFile.Content read(String file, String text) {
        return ValueSetFile.read(file, text, SCHEMA, VARIABLES);
    }

    private static List<String> names(ValueSetFile.Content content) {
        return content.sets().stream().map(set -> set.name().text()).toList();
    }

    @Test
    void givenACsvFile_eachRowIsASetWithTheTypesOfTheSchema() {
        var content = read("a.csv", "\uFEFFname,ticket,age,tags\r\ndouble charge,\"Two, \"\"charges\"\"\nof 189 EUR\",42,\"[a, b]\"\r\n\r\nempty,,,\r\n");
        assertThat(content.refused()).isEmpty();
        assertThat(content.unknown()).isEmpty();
        assertThat(names(content)).containsExactly("double charge", "empty");
        assertThat(content.sets().getFirst().values()).isEqualTo(Map.of("ticket", "Two, \"charges\"\nof 189 EUR", "age", 42, "tags", List.of("a", "b")));
        assertThat(content.sets().getLast().values()).as("an empty cell gives nothing").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"';'", "','", "tab"})
    void givenAnySeparator_itIsFound(String given) {
        var separator = given.equals("tab") ? "\t" : given;
        var content = read("a.txt", "ticket" + separator + "age\nx" + separator + "1");
        assertThat(content.sets()).singleElement().returns(Map.of("ticket", "x", "age", 1), ValueSetRepository.Named::values);
    }

    @Test
    void givenNoNames_rowsAreNumberedSoThatTheySort() {
        var text = "ticket\n" + IntStream.rangeClosed(1, 12).mapToObj(i -> "t" + i).collect(Collectors.joining("\n"));
        assertThat(names(read("a.csv", text))).startsWith("row 01", "row 02").endsWith("row 12").isSorted();
    }

    @Test
    void givenBadRows_eachIsRefusedWithItsLineAndReasonAndTheRestIsTaken() {
        var content = read("a.csv", """
                name,age,tier
                good,1,pro
                text,"one
                two",pro
                few,1
                many,1,pro,x
                choice,1,gold
                good,2,free
                quoted,"1"x,pro
                also good,3,free
                open,"4,pro
                """);
        assertThat(names(content)).containsExactly("good", "also good");
        assertThat(content.refused()).extracting(Refused::line).containsExactly(3, 5, 6, 7, 8, 9, 11);
        assertThat(content.refused()).extracting(Refused::reason).satisfiesExactly(it -> assertThat(it).contains("\"age\"").contains("a whole number"),
                it -> assertThat(it).isEqualTo("it has 2 cells, the first line has 3"), it -> assertThat(it).contains("4 cells"),
                it -> assertThat(it).contains("\"tier\"").contains("one of"), it -> assertThat(it).isEqualTo("line 2 has the name \"good\" already"),
                it -> assertThat(it).contains("quote"), it -> assertThat(it).contains("quote"));
    }

    @Test
    void givenAVariableCalledName_itIsFilledToo() {
        var content = ValueSetFile.read("a.csv", "name,ticket\nAda,x", SCHEMA, Set.of("name", "ticket"));
        assertThat(content.sets()).containsExactly(new ValueSetRepository.Named(new ValueSetName("Ada"), Map.of("name", "Ada", "ticket", "x")));
    }

    @Test
    void givenColumnsThatAreNoVariables_theyAreNamed() {
        assertThat(read("a.csv", "ticket,tikcet\nx,y").unknown()).containsExactly("tikcet");
    }

    @Test
    void givenAHeadThatNamesNothing_theFileIsRefused() {
        for (var text : List.of("a,,b\n1,2,3", "a,a\n1,2", "\"a\n1,2"))
            assertThatThrownBy(() -> read("a.csv", text)).isInstanceOf(ProblemException.class).hasMessageContaining("first line");
        assertThat(read("a.csv", "").sets()).isEmpty();
    }

    @Test
    void givenJson_eachObjectIsASet() {
        var content = read("a.json", """
                [
                  { "name": "one", "ticket": "x", "age": 1 },
                  7,
                  { "ticket": "y", "age": "no" },
                  { "name": "exported", "values": { "tags": [1, null, {"deep": true}] } },
                  { "ticket": "z" }
                ]""");
        assertThat(names(content)).containsExactly("one", "exported", "row 3");
        assertThat(content.sets().getFirst().values()).isEqualTo(Map.of("ticket", "x", "age", 1));
        assertThat(Json.write(content.sets().get(1).values())).isEqualTo("{\"tags\":[1,null,{\"deep\":true}]}");
        assertThat(content.refused()).extracting(Refused::line).containsExactly(3, 4);
    }

    @Test
    void givenBrokenJson_whatStandsBeforeItIsTaken() {
        var content = read("a.JSON", "[{\"ticket\":\"x\"},\n{\"ticket\":\"y\",\n oops}]");
        assertThat(content.sets()).hasSize(1);
        assertThat(content.refused()).singleElement().returns(3, Refused::line);
        assertThatThrownBy(() -> read("a.json", "{}")).isInstanceOf(ProblemException.class).hasMessageContaining("no list");
    }

    @Test
    void givenJsonLines_aBrokenOneSpoilsNoOther() {
        var content = read("a.jsonl", "{\"ticket\":\"x\"}\n\n{oops\n{\"name\":\"two\",\"ticket\":\"y\"}\n");
        assertThat(names(content)).containsExactly("row 1", "two");
        assertThat(content.refused()).extracting(Refused::line).containsExactly(3);
    }

    @Test
    void givenAFileOfAnotherEncoding_itSaysSo(@TempDir Path folder) throws Exception {
        var file = Files.write(folder.resolve("a.csv"), "ticket\nGrüße".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ValueSetFile.read(file, SCHEMA, VARIABLES)).isInstanceOf(ProblemException.class).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> ValueSetFile.read(folder.resolve("none.csv"), SCHEMA, VARIABLES)).isInstanceOf(ProblemException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void givenAnyCells_writtenByTheRulesTheyAreReadBack() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int columns = random.nextInt(1, 5);
            var rows = IntStream.range(0, random.nextInt(1, 6)).mapToObj(_ -> IntStream.range(0, columns).mapToObj(_ -> cell(random)).toList()).toList();
            var end = random.nextBoolean() ? "\n" : "\r\n";
            var text = rows.stream().map(row -> row.stream().map(it -> '"' + it.replace("\"", "\"\"") + '"').collect(Collectors.joining(","))).collect(Collectors.joining(end));
            assertThat(CsvRows.of("a,b" + end + text)).as("seed " + seed).extracting(CsvRows.Row::cells).endsWith(rows.toArray(List[]::new));
        }
    }

    private static String cell(Random random) {
        return random.ints(random.nextInt(6), 0, 8).mapToObj(i -> "a ,;\"\n\r\u00fc".substring(i, i + 1)).collect(Collectors.joining());
    }
}
