using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Digests;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline;

/// <summary>Every container and every query there is. Partitions: month for what arrives, the owner for what belongs.</summary>
public static class Containers
{
    public static Container<Submission> Submissions { get; } =
        new(
            "submissions",
            new DocumentQuery("recent", [], "receivedAt", Descending: true),
            new DocumentQuery("byStation", ["station"], "receivedAt", Descending: true),
            new DocumentQuery("byOffice", ["office"], "receivedAt", Descending: true),
            new DocumentQuery("byPending", ["pending"], "receivedAt"),
            new DocumentQuery("needsReview", ["needsReview"], "receivedAt", Descending: true)
        );

    public static Container<PrivateRecord> Private { get; } = new("private");

    /// <summary>What keys and receipt codes stand for, each a partition of its own.</summary>
    public static Container<ReceiptEntry> Receipts { get; } = new("receipts");

    /// <summary>The candidate index, one partition.</summary>
    public static Container<Fingerprint> Fingerprints { get; } =
        new(
            "fingerprints",
            new DocumentQuery("byKey", [], "saidAt", Descending: true, AnyOf: "keys")
        );

    public static Container<Issue> Issues { get; } =
        new(
            "issues",
            new DocumentQuery("recent", [], "lastSeen", Descending: true),
            new DocumentQuery("byRecurring", ["recurring"], "lastSeen", Descending: true),
            new DocumentQuery("byOffice", ["office"], "lastSeen", Descending: true),
            new DocumentQuery("byEmpty", ["empty"]),
            new DocumentQuery("byEmptyOffice", ["empty", "office"]),
            new DocumentQuery("byPending", ["pending"], "lastSeen"),
            new DocumentQuery("byAwaited", ["awaited"], "firstSeen"),
            new DocumentQuery("byRegrouped", ["regrouped"], "lastSeen", Descending: true),
            new DocumentQuery("byHandedBack", ["handedBack"], "lastSeen", Descending: true)
        );

    /// <summary>The members of an issue, in its partition.</summary>
    public static Container<Member> Members { get; } =
        new("members", new DocumentQuery("bySaidAt", [], "saidAt")) { FoundById = true };

    /// <summary>The issues of a kind, in its partition.</summary>
    public static Container<KindMember> Kinds { get; } =
        new("kinds", new DocumentQuery("newest", [], "firstSeen", Descending: true));

    public static Container<Forum> Forums { get; } =
        new("forums", new DocumentQuery("recent", [], "recordedAt", Descending: true));
    public static Container<ForumItem> ForumItems { get; } =
        new("forumitems", new DocumentQuery("all", [], "number"));
    public static Container<Digest> Digests { get; } =
        new("digests", new DocumentQuery("recent", [], "to", Descending: true));
    public static Container<Report> Reports { get; } =
        new(
            "reports",
            new DocumentQuery("recent", [], "draftedAt", Descending: true),
            new DocumentQuery("byStatus", ["status"], "draftedAt", Descending: true),
            new DocumentQuery("byMonth", [], "draftedAt", Descending: true, AnyOf: "months")
        );

    /// <summary>Which numbers reports have, a document a year.</summary>
    public static Container<NumberRegister> Numbers { get; } = new("numbers");
    public static Container<ApiKey> Keys { get; } =
        new("keys", new DocumentQuery("all", [], "createdAt"));
    public static Container<SignInLink> SignInLinks { get; } = new("signinlinks");
    public static Container<AuditEntry> Audit { get; } =
        new("audit", new DocumentQuery("recent", [], "at", Descending: true));
    public static Container<Label> Labels { get; } =
        new(
            "labels",
            new DocumentQuery("recent", [], "at", Descending: true),
            new DocumentQuery("byDisagreed", ["disagreed"], "at", Descending: true),
            new DocumentQuery("bySubmission", ["submissionId"], "at", Descending: true)
        );
    public static Container<ModelVersion> Models { get; } =
        new("models", new DocumentQuery("recent", [], "createdAt", Descending: true));

    /// <summary>The county's files as they were edited, one partition.</summary>
    public static Container<CountyEdition> County { get; } =
        new("county", new DocumentQuery("newest", [], "number", Descending: true));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IContainer> All { get; } =
    [
        Submissions,
        Private,
        Receipts,
        Fingerprints,
        Issues,
        Members,
        Kinds,
        Forums,
        ForumItems,
        Digests,
        Reports,
        Numbers,
        Keys,
        SignInLinks,
        Audit,
        Labels,
        Models,
        County,
    ];
}
