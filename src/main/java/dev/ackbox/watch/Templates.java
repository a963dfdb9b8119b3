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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the fields about templates. */
final class Templates {

    static final List<FieldRow<?>> ROWS = List.of(
            template(
                            TemplateStatusValue.class,
                            "Meta approved, rejected, paused or disabled a template, or something else happened to it")
                    .counts(
                            "templates",
                            "Changes of templates",
                            by("event", it -> it.event()),
                            by("reason", it -> it.reason()))
                    .shows("pause", it -> Words.of(pause(it)))
                    .keeps("status", Templates::status)
                    .with(
                            it -> it.category(),
                            known -> known.keeps("category", (it, fact) -> fact.with("category", it)))
                    .warns(
                            "you cannot send it, or may soon not be able to",
                            it -> pause(it) == PauseTitle.UNPAUSE ? null : advice(it.event())),
            template(TemplateQualityValue.class, "a template's quality rating changed")
                    .counts(
                            "template.quality",
                            "Changes of templates' quality",
                            by("from", it -> it.previousQualityScore()),
                            by("to", it -> it.newQualityScore()))
                    .keeps(
                            "quality",
                            (it, fact) -> fact.with("score", it.newQualityScore())
                                    .with("previous", it.previousQualityScore()))
                    .warns(
                            "the rating is red",
                            it -> it.newQualityScore() == QualityScore.RED,
                            "Meta pauses the template next. Send it less, and only to users who want it."),
            template(TemplateComponentsValue.class, "a template was edited")
                    .counts("template.edits", "Templates edited")
                    .keeps("edit", (it, fact) -> {}),
            template(TemplateCategoryValue.class, "Meta changed a template's category, or will")
                    .when(Templates::isAnnounced, Templates::announcement)
                    .when(it -> !isAnnounced(it), Templates::change)
                    .keeps(
                            "category",
                            (it, fact) ->
                                    fact.with("category", it.newCategory()).with("previous", it.previousCategory())),
            template(TemplateCorrectCategoryValue.class, "Meta finds that a template belongs to another category")
                    .with(it -> it, detected -> category(detected, "detected", it -> it.correctCategory()))
                    .keeps(
                            "detectedCategory",
                            (it, fact) -> fact.with("category", it.category()).with("correct", it.correctCategory()))
                    .warns(
                            "always",
                            it -> true,
                            "Meta may change the category. Edit the template, or accept the other category."));

    private Templates() {}

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
            case PENDING_DELETION, DELETED -> "You cannot send it. Check that the deletion was intended.";
            default -> null;
        };
    }

    /** The category will change where the right one is there and the previous one is not. */
    private static boolean isAnnounced(TemplateCategoryValue value) {
        return value.correctCategory() != null && value.previousCategory() == null;
    }

    private static void announcement(Part<TemplateCategoryValue> part) {
        category(part, "announced", it -> it.correctCategory())
                .keeps(
                        "announcedCategory",
                        (it, fact) ->
                                fact.with("category", it.correctCategory()).with("from", it.categoryUpdateTimestamp()))
                .warns(
                        "a change is announced",
                        it -> true,
                        "You will pay for the new category. Edit the template,"
                                + " or request a review in WhatsApp Manager.");
    }

    private static void change(Part<TemplateCategoryValue> part) {
        category(part, "changed", it -> it.newCategory())
                .lifts("announcedCategory", "")
                .lifts("detectedCategory", "")
                .warns(
                        "the category is marketing now",
                        it -> it.newCategory() == TemplateCategory.MARKETING,
                        "Meta bills it as marketing now, and does not deliver it to users who opted out."
                                + " If it isn't marketing, request a review in WhatsApp Manager.");
    }

    private static <V, S extends Rules<V, S>> S category(Rules<V, S> rules, String stage, Label.Word<V> category) {
        return rules.counts(
                "template.categories",
                "Changes of templates' categories, expected, announced and made",
                byText("stage", it -> stage),
                by("category", category));
    }
}
