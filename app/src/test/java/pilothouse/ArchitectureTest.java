package pilothouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The map of packages (docs/architecture.md), kept. There is no allow-list.
class ArchitectureTest {
    /// Core's packages in dependency order: each imports only from those before it.
    static final List<String> CORE = List.of("problems", "json", "archives", "secrets", "store", "access", "messages", "templates",
            "tokens", "prompts", "metrics", "runtime", "connectors", "safety", "runs", "datasets", "statistics",
            "evaluators", "experiments", "optimizer", "checks", "alerts", "clusters", "releases", "formats", "workspace");

    static final JavaClasses HOUSE = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("pilothouse");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("pilothouse.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void corePackagesImportOnlyFromThoseAboveThem() {
        for (int i = 0; i < CORE.size(); i++) {
            var below = CORE.subList(i + 1, CORE.size()).stream().map(name -> "pilothouse." + name + "..")
                    .toArray(String[]::new);
            if (below.length > 0)
                noClasses().that().resideInAPackage("pilothouse." + CORE.get(i) + "..")
                        .should().dependOnClassesThat().resideInAnyPackage(below).allowEmptyShould(true).check(HOUSE);
        }
    }

    @Test
    void coreKnowsNeitherTheEngineNorTheWindow() {
        noClasses().that().resideInAnyPackage(core()).should().dependOnClassesThat().resideInAnyPackage("pilothouse.engine..",
                "pilothouse.modelfiles..", "pilothouse.local..", "pilothouse.app..", "pilothouse.cli..",
                "pilothouse.gateway..", "pilothouse.main..", "javafx..", "ai.djl..").check(HOUSE);
    }

    @Test
    void theEngineUsesCoreOnly() {
        noClasses().that().resideInAnyPackage("pilothouse.engine..", "pilothouse.modelfiles..", "pilothouse.local..")
                .should().dependOnClassesThat().resideInAnyPackage("pilothouse.app..", "pilothouse.cli..",
                        "pilothouse.gateway..", "pilothouse.main..", "javafx..", "org.h2..").allowEmptyShould(true).check(HOUSE);
        noClasses().that().resideInAPackage("pilothouse.local..").should().dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "pilothouse.engine..").allowEmptyShould(true).check(HOUSE);
        noClasses().that().resideInAPackage("pilothouse.modelfiles..").should().dependOnClassesThat()
                .resideInAPackage("ai.djl..").allowEmptyShould(true).check(HOUSE);
    }

    @Test
    void onlyMainSeesMain() {
        noClasses().that().resideOutsideOfPackage("pilothouse.main..").should().dependOnClassesThat()
                .resideInAPackage("pilothouse.main..").check(HOUSE);
    }

    @Test
    void javafxStaysInAppAndMain() {
        noClasses().that().resideOutsideOfPackages("pilothouse.app..", "pilothouse.main..").should()
                .dependOnClassesThat().resideInAPackage("javafx..").check(HOUSE);
    }

    @Test
    void viewModelsKnowNoNodesNoSqlNoHttp() {
        noClasses().that().haveSimpleNameEndingWith("ViewModel").should().dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "java.sql..", "okhttp3..").allowEmptyShould(true).check(HOUSE);
    }

    @Test
    void onlyAppFxEntersTheFxThread() {
        noClasses().that().resideOutsideOfPackage("pilothouse.app.fx..").should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("runLater"))).check(HOUSE);
    }

    @Test
    void sqlStaysInRepositoriesAndTheStore() {
        noClasses().that().resideOutsideOfPackage("pilothouse.store..").and(notARepository())
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..").check(HOUSE);
    }

    @Test
    void templatesReflectOnNothing() {
        noClasses().that().resideInAPackage("pilothouse.templates..").should().dependOnClassesThat().resideInAnyPackage("java.lang.reflect..",
                "java.beans..", "javax.script..", "java.lang.foreign..").check(HOUSE);
        noClasses().that().resideInAPackage("pilothouse.templates..").should().dependOnClassesThat().haveNameMatching(
                "java\\.lang\\.(ClassLoader|Process.*|Runtime|System)|java\\.lang\\.invoke\\.MethodHandles\\$Lookup").check(HOUSE);
        noClasses().that().resideInAPackage("pilothouse.templates..").should().callMethod(Class.class, "forName", String.class).check(HOUSE);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses().should().haveNameMatching(
                ".*[.$](\\w*(Manager|Helper|Util|Utils|Impl|Handler|Info|Data)|(Abstract|I)[A-Z][a-z]\\w*)").check(HOUSE);
        noClasses().should().resideInAnyPackage("..common..", "..base..", "..util..", "..model..", "..service..", "..impl..")
                .check(HOUSE);
    }

    @Test
    void jsonIsJackson3() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("com.google.gson..",
                "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..").check(HOUSE);
    }

    @Test
    void subPackagesOfCoreAndAppNeverServeTheirParent() {
        classes().that().resideInAnyPackage(withApp()).should(notImportASubPackageOfItsOwn()).check(HOUSE);
    }

    private static String[] core() {
        return CORE.stream().map(name -> "pilothouse." + name + "..").toArray(String[]::new);
    }

    private static String[] withApp() {
        var all = new java.util.ArrayList<>(List.of(core()));
        all.add("pilothouse.app..");
        all.add("pilothouse.cli..");
        return all.toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> notARepository() {
        return DescribedPredicate.describe("are not part of a repository",
                type -> !type.getName().replaceAll("\\$.*", "").endsWith("Repository"));
    }

    private static ArchCondition<JavaClass> notImportASubPackageOfItsOwn() {
        return new ArchCondition<>("not import a sub-package of their own package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> use.getTargetClass().getPackageName().startsWith(type.getPackageName() + "."))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }
}
