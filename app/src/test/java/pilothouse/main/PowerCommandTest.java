package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// `pilothouse power`, without any workspace.
class PowerCommandTest {
    @TempDir
    Path folder;

    private Typist.Ended run(String... arguments) {
        return new Typist(folder).run(arguments);
    }

    private JsonNode json(String... arguments) {
        var ended = run(arguments);
        assertThat(ended.code()).as(ended.err()).isZero();
        return Json.parse(ended.out());
    }

    @Test
    void givenAnEffect_theCasesOfBothTestsAreThePublishedOnes() {
        var said = json("power", "--effect", "5%", "--discordance", "0.2", "--json");
        assertThat(said.path("kind").asString()).isEqualTo("pass-fail");
        assertThat(said.at("/tests/0/test").asString()).isEqualTo("exact McNemar");
        assertThat(said.at("/tests/0/needed/0/cases").asInt()).isEqualTo(658);
        assertThat(said.at("/tests/1/needed/0/cases").asInt()).isBetween(600, 630);
        assertThat(run("power", "--effect", "0.05").out()).contains("differing on 20 % of them", "alpha 0.05 two-sided, power 80 %", "5 points", "658");
        assertThat(folder.resolve("workspace")).doesNotExist();
    }

    @Test
    void givenFiftyCases_itSaysThatFivePointsAreNotSeen() {
        var said = json("power", "--cases", "50", "--effect", "5%", "--json");
        assertThat(said.at("/tests/0/shown/power").asDouble()).isCloseTo(0.066, within(0.0005));
        assertThat(said.at("/tests/1/shown/power").asDouble()).isCloseTo(0.105, within(0.0005));
        assertThat(said.at("/tests/0/shown/effect").asDouble()).isBetween(0.15, 0.20);
        assertThat(run("power", "--cases", "50", "--effect", "5%").out()).contains("50 cases, exact McNemar").contains("seen with 6.6 % power");
        assertThat(run("power", "--cases", "8").out()).contains("no change can be seen");
    }

    @Test
    void givenMillersScores_theCasesAreThePublishedOnes_byRunsACase() {
        var said = json("power", "--sd", "0.33333333333", "--run-sd", "0.40824829046", "--effect", "0.03", "--json");
        assertThat(said.path("kind").asString()).isEqualTo("scores");
        assertThat(said.findValuesAsString("cases")).containsExactly("3876", "2423", "1551", "1260");
        assertThat(json("power", "--sd", "0.33333333333", "--run-sd", "0.40824829046", "--runs", "5", "--effect", "0.03", "--json")
                .findValuesAsString("cases")).containsExactly("1551");
        assertThat(run("power", "--sd", "2", "--effect", "0.5").out()).contains("standard deviation 2").contains("126");
    }

    @Test
    void givenNothing_aTableOfUsualChangesIsShown_alsoFromABaseline() {
        assertThat(run("power").out()).contains("to see a change of", "1 point ", "20 points", "exact McNemar, cases");
        var said = json("power", "--baseline", "90%", "--json").at("/tests/0/needed");
        assertThat(said.get(said.size() - 1).path("effect").asDouble()).isEqualTo(0.10);
        assertThat(said.get(said.size() - 1).path("cases").asInt()).isBetween(60, 90); // all of the 10 % differ for the better
        assertThat(said.get(0).path("discordance").asDouble()).isCloseTo(0.9 * 0.09 + 0.91 * 0.1, within(1e-9));
    }

    @Test
    void givenAMargin_theCasesForEquivalence_andFamiliesMultiplyThem() {
        int alone = json("power", "--margin", "3%", "--json").at("/tests/0/equivalence/cases").asInt();
        assertThat(alone).isBetween(2300, 2350); // (1.96 + 1.2816)²·0.2/0.03²
        assertThat(json("power", "--margin", "3%", "--family-size", "4", "--json").at("/tests/0/equivalence/cases").asInt()).isEqualTo(4 * alone);
        int related = json("power", "--margin", "3%", "--family-size", "4", "--family-correlation", "0.5", "--json").at("/tests/0/equivalence/cases").asInt();
        assertThat(related).isEqualTo((int) Math.ceil(2.5 * alone));
        assertThat(run("power", "--margin", "3%", "--family-size", "4").out()).contains("families of 4 cases count as 1", "to show no change beyond");
    }

    @Test
    void givenWhatCannotBe_theProblemIsNamedWithItsExitCode() {
        var unequal = run("power", "--effect", "30%", "--discordance", "20%");
        assertThat(unequal.code()).isEqualTo(2);
        assertThat(unequal.out()).isEmpty();
        assertThat(unequal.err()).contains("differ on 0.2 of the cases cannot differ by 0.3");
        assertThat(run("power", "--effect", "5").err()).contains("cannot differ by 5").contains("5% or 0.05");
        assertThat(run("power", "--baseline", "95%", "--effect", "10%").err()).contains("From a pass rate of 0.95");
        assertThat(run("power", "--runs", "3").err()).contains("--run-sd and --runs go with --sd");
        for (var wrong : List.of("--alpha 0", "--cases 0", "--sd 0", "--sd 1 --run-sd -1", "--effect 0", "--effect NaN", "--margin 0", "--effect many",
                "--cases many", "--sd 1e-300 --effect 1e-200", "--family-size 1e300 --effect 5%", "--sd 1 --effect 1e-4 --family-size 1000"))
            assertThat(run(("power " + wrong).split(" ")).code()).as(wrong).isEqualTo(2);
    }
}
