package dev.ackbox.watch;

import static dev.ackbox.watch.FieldRow.template;
import static dev.ackbox.watch.Label.by;
import static dev.ackbox.watch.Label.byText;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.QualityScore;
import dev.ackbox.model.templates.TemplateCategory;
import dev.ackbox.model.templates.TemplateCategoryValue;
import dev.ackbox.model.templates.TemplateComponentsValue;
import dev.ackbox.model.templates.TemplateCorrectCategoryValue;
import dev.ackbox.model.templates.TemplateQualityValue;
import dev.ackbox.model.templates.TemplateStatusValue;
import dev.ackbox.model.templates.TemplateStatusValue.Event;
import dev.ackbox.model.templates.TemplateStatusValue.OtherInfo;
import dev.ackbox.model.templates.TemplateStatusValue.PauseTitle;
import dev.ackbox.model.templates.TemplateStatusValue.RejectionInfo;
import dev.ackbox.model.templates.TemplateValue;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of the fields about templates. */
final class Templates {

    static final List<FieldRow<?>> ROWS = List.of(
            template(
                    TemplateStatusValue.class,
                    "Meta approved, rejected, paused or disabled a template, or something else happened to it",
                    // An older page of the documentation shows a change of quality under this field.
                    value -> value.when(it -> !isQuality(it), Templates::status)
                            .when(
                                    Templates::isQuality,
                                    quality(
                                            TemplateStatusValue::previousQualityScore,
                                            TemplateStatusValue::newQualityScore))),
            template(
                    TemplateQualityValue.class,
                    "a template's quality rating changed",
                    quality(TemplateQualityValue::previousQualityScore, TemplateQualityValue::newQualityScore)),
            template(
                    TemplateComponentsValue.class,
                    "somebody edited a template",
                    value -> value.counts("template.edits", "Templates edited").keeps("edit", (it, fact) -> {})),
            template(TemplateCategoryValue.class, "Meta changed a template's category, or will", Templates::category),
            template(
                    TemplateCorrectCategoryValue.class,
                    "Meta finds that a template belongs to another category",
                    value -> categories(value, it -> "detected", TemplateCorrectCategoryValue::correctCategory)
                            .keeps(
                                    "detectedCategory",
                                    (it, fact) ->
                                            fact.with("category", it.category()).with("correct", it.correctCategory()))
                            .warns(
                                    "always",
                                    it -> true,
                                    "Meta may change the category. Edit the template, or accept the other category.")));

    private Templates() {}

    private static boolean isQuality(TemplateStatusValue value) {
        return value.event() == null && value.newQualityScore() != null;
    }

    private static <V extends TemplateValue> Consumer<Rules<V>> quality(Label.Word<V> previous, Label.Word<V> current) {
        return value -> value.counts(
                        "template.quality", "Changes of templates' quality", by("from", previous), by("to", current))
                .keeps(
                        "quality",
                        (it, fact) -> fact.with("score", current.of(it)).with("previous", previous.of(it)))
                .warns(
                        "the rating is red",
                        it -> current.of(it) == QualityScore.RED,
                        "Meta pauses the template next. Send it less, and only to users who want it.");
    }

    private static void status(Rules<TemplateStatusValue> rules) {
        rules.counts(
                        "templates",
                        "Changes of templates",
                        by("event", TemplateStatusValue::event),
                        by("reason", TemplateStatusValue::reason))
                .shows("pause", it -> Words.of(pause(it)))
                .keeps("status", Templates::status)
                .when(
                        it -> it.messageTemplateCategory() != null,
                        known -> known.keeps(
                                "category", (it, fact) -> fact.with("category", it.messageTemplateCategory())))
                .warns(
                        "you cannot send it, or may soon not be able to",
                        it -> pause(it) == PauseTitle.UNPAUSE ? null : advice(it.event()));
    }

    private static void status(TemplateStatusValue value, Details fact) {
        RejectionInfo rejection = value.rejectionInfo();
        fact.with("event", value.event())
                .with("reason", value.reason())
                .with("detail", rejection == null ? null : rejection.reason())
                .with("recommendation", rejection == null ? null : rejection.recommendation())
                .with("pause", pause(value))
                .with(
                        "disableDate",
                        value.disableInfo() == null ? null : value.disableInfo().disableDate());
    }

    private static @Nullable OpenEnum<PauseTitle> pause(TemplateStatusValue value) {
        OtherInfo info = value.otherInfo();
        return info == null ? null : info.title();
    }

    private static @Nullable String advice(@Nullable OpenEnum<Event> event) {
        if (!(event instanceof Event known)) {
            return null;
        }
        return switch (known) {
            case REJECTED -> "You cannot send it. Edit it, or appeal in WhatsApp Manager.";
            case DISABLED -> "You cannot send it. Use another template, or appeal in Business Support Home.";
            case PAUSED -> "You cannot send it for some hours. Stop what sends it, and edit it.";
            case FLAGGED -> "Users block or report it, and Meta may disable it. Edit it.";
            case LOCKED -> "Nobody can edit it. Look at it in WhatsApp Manager.";
            case LIMIT_EXCEEDED -> "The account has too many templates. Delete some.";
            case PENDING_DELETION, DELETED -> "You cannot send it. Check that somebody meant to delete it.";
            default -> null;
        };
    }

    private static void category(Rules<TemplateCategoryValue> rules) {
        categories(
                        rules,
                        it -> isAnnounced(it) ? "announced" : "changed",
                        it -> isAnnounced(it) ? it.correctCategory() : it.newCategory())
                .keeps(
                        "category",
                        (it, fact) -> fact.with("category", it.newCategory()).with("previous", it.previousCategory()))
                .when(
                        Templates::isAnnounced,
                        announced -> announced
                                .keeps(
                                        "announcedCategory",
                                        (it, fact) -> fact.with("category", it.correctCategory())
                                                .with("from", it.categoryUpdateTimestamp()))
                                .warns(
                                        "announced",
                                        it -> true,
                                        "You will pay for the new category. Edit the template,"
                                                + " or request a review in WhatsApp Manager."))
                .when(
                        it -> !isAnnounced(it),
                        changed -> changed.lifts("announcedCategory", "")
                                .lifts("detectedCategory", "")
                                .warns(
                                        "the category is marketing now",
                                        it -> it.newCategory() == TemplateCategory.MARKETING,
                                        "Meta bills it as marketing now, and does not deliver it to users who opted"
                                                + " out. If it isn't marketing, request a review in WhatsApp Manager."));
    }

    private static boolean isAnnounced(TemplateCategoryValue value) {
        return value.correctCategory() != null && value.previousCategory() == null;
    }

    private static <V> Rules<V> categories(Rules<V> rules, Function<V, String> stage, Label.Word<V> category) {
        return rules.counts(
                "template.categories",
                "Changes of templates' categories, expected, announced and made",
                byText("stage", stage),
                by("category", category));
    }
}
