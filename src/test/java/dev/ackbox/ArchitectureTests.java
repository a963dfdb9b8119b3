package dev.ackbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@ArchTag("slow")
@AnalyzeClasses(packages = "dev.ackbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesUseWhatTheTableAllows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("application")
            .definedBy("dev.ackbox")
            .layer("model")
            .definedBy("dev.ackbox.model..")
            .layer("endpoint")
            .definedBy("dev.ackbox.endpoint..")
            .layer("security")
            .definedBy("dev.ackbox.security..")
            .layer("inbox")
            .definedBy("dev.ackbox.inbox..")
            .layer("intake")
            .definedBy("dev.ackbox.intake..")
            .layer("http")
            .definedBy("dev.ackbox.http..")
            .layer("handler")
            .definedBy("dev.ackbox.handler..")
            .layer("watch")
            .definedBy("dev.ackbox.watch..")
            .layer("jars")
            .definedBy("dev.ackbox.jars..")
            .layer("dispatch")
            .definedBy("dev.ackbox.dispatch..")
            .layer("command")
            .definedBy("dev.ackbox.command..")
            .layer("graph")
            .definedBy("dev.ackbox.graph..")
            .layer("addresses")
            .definedBy("dev.ackbox.addresses..")
            .layer("onpremises")
            .definedBy("dev.ackbox.onpremises..")
            .layer("doctor")
            .definedBy("dev.ackbox.doctor..")
            .layer("simulate")
            .definedBy("dev.ackbox.simulate..")
            .layer("ops")
            .definedBy("dev.ackbox.ops..")
            .layer("sample")
            .definedBy("dev.ackbox.sample..")
            .layer("test")
            .definedBy("dev.ackbox.test..")
            .whereLayer("model")
            .mayNotAccessAnyLayer()
            .whereLayer("security")
            .mayNotAccessAnyLayer()
            .whereLayer("inbox")
            .mayNotAccessAnyLayer()
            .whereLayer("intake")
            .mayOnlyAccessLayers("inbox")
            .whereLayer("endpoint")
            .mayOnlyAccessLayers("security", "intake", "model")
            .whereLayer("http")
            .mayOnlyAccessLayers("endpoint", "security", "intake", "inbox")
            .whereLayer("handler")
            .mayOnlyAccessLayers("model")
            .whereLayer("watch")
            .mayOnlyAccessLayers("inbox", "model")
            .whereLayer("jars")
            .mayNotAccessAnyLayer()
            .whereLayer("dispatch")
            .mayOnlyAccessLayers("endpoint", "inbox", "model", "handler", "watch", "jars")
            .whereLayer("graph")
            .mayOnlyAccessLayers("model", "handler", "inbox", "security", "command")
            .whereLayer("addresses")
            .mayOnlyAccessLayers("security", "command")
            .whereLayer("onpremises")
            .mayOnlyAccessLayers("command")
            .whereLayer("command")
            .mayNotAccessAnyLayer()
            .whereLayer("simulate")
            .mayOnlyAccessLayers("security", "sample", "command")
            .whereLayer("sample")
            .mayNotAccessAnyLayer()
            .whereLayer("test")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("application")
            .mayOnlyAccessLayers("simulate", "graph", "doctor", "addresses", "onpremises");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.ackbox.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule wiringIsNobodyElsesBusiness =
            classes().that().areAnnotatedWith(Configuration.class).should().notBePublic();

    @ArchTest
    static final ArchRule propertiesEndInProperties = classes()
            .that()
            .areAnnotatedWith(ConfigurationProperties.class)
            .should()
            .haveSimpleNameEndingWith("Properties");

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule metersAreKnownToOpsAlone = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ackbox.ops..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..");
}
