package pilothouse.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.store.ChildProcess;

/// Processes that save are killed (SIGKILL) at random moments; what they acknowledged must be there.
class StoreKillTest {
    private static final int KILLS_A_STORE = 25;

    @TempDir
    Path folder;

    @Test
    void givenAWriterKilledFiftyTimes_nothingAcknowledgedIsMissingOrTorn() throws Exception {
        kill(50);
    }

    @Test
    @Tag("thorough")
    void givenAWriterKilledThreeHundredTimes_nothingAcknowledgedIsMissingOrTorn() throws Exception {
        kill(300);
    }

    @Test
    @Tag("nightly")
    void givenAWriterKilledThreeThousandTimes_nothingAcknowledgedIsMissingOrTorn() throws Exception {
        kill(3000);
    }

    private void kill(int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("Kill test: seed " + seed + ", " + kills + " kills");
        var random = new Random(seed);
        var warm = Files.createDirectories(folder.resolve("warm"));
        var classes = ChildProcess.Classes.prepare(folder, SavingChild.class, warm, 1, 10);
        long acknowledged = 0;
        for (int i = 0; i < kills; i++) {
            var store = Files.createDirectories(folder.resolve("store-" + i / KILLS_A_STORE));
            List<String> lines;
            try (var child = new ChildProcess(classes, SavingChild.class, folder.resolve("errors"), store, random.nextLong())) {
                boolean saving = random.nextInt(5) > 0; // else killed perhaps in the middle of opening
                if (saving) child.firstLine();
                lines = child.killAfter(random.nextInt(400));
                assertThat(saving && lines.isEmpty()).as("seed %d, kill %d: the child failed by itself: %s", seed, i,
                        Files.readString(folder.resolve("errors"))).isFalse();
            }
            acknowledged += lines.size();
            check(store, lines, "seed " + seed + ", kill " + i, i % KILLS_A_STORE == KILLS_A_STORE - 1);
        }
        System.out.println("Kill test: " + acknowledged + " acknowledgements, none lost");
        assertThat(acknowledged).as("the kills came too early to mean anything").isGreaterThan(kills / 2);
    }

    private static void check(Path folder, List<String> lines, String when, boolean whole) {
        try (var store = PromptStore.open(folder)) {
            assertThat(store.store().problems()).as(when).isEmpty();
            var prompt = store.prompts().find(new PromptName("kill/test"));
            if (prompt.isEmpty()) {
                assertThat(lines).as(when).isEmpty();
                return;
            }
            var id = prompt.get().id();
            int head = store.prompts().head(id, BranchName.MAIN).map(PromptVersion::number).orElse(0);
            assertThat(store.store().read(new PromptIntegrity()::damages)).as(when).isEmpty();
            assertThat(store.prompts().log(id)).as(when).hasSize(head);
            var moves = store.labels().history(id, new LabelName("production"));
            for (var line : lines) {
                var words = line.split(" ");
                if (words[0].equals("saved"))
                    assertThat(store.prompts().version(id, Integer.parseInt(words[1]))).as("%s: %s", when, line)
                            .hasValueSatisfying(version -> assertThat(version.hash().hex()).isEqualTo(words[2]));
                if (words[0].equals("label"))
                    assertThat(moves.get(moves.size() - Integer.parseInt(words[1])).to()).as("%s: %s", when, line)
                            .isEqualTo(Integer.parseInt(words[2]));
            }
            for (int i = 0; i < moves.size(); i++) assertThat(moves.get(i).move()).as(when).isEqualTo(moves.size() - i);
            if (whole) assertThat(store.check().run()).as(when).isEmpty();
        }
    }
}
