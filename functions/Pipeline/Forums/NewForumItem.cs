using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>An item as it is handed in.</summary>
public sealed record NewForumItem(
    string? Title,
    string? Body,
    string? Place,
    string? Kind,
    Reporter? Reporter,
    Outcome Outcome,
    string? Answer,
    string? AnsweredBy
);

/// <summary>What the recorder decides on an item; what is null stays.</summary>
public sealed record ItemDecision(
    Outcome? Outcome,
    string? Title,
    string? Body,
    string? Answer,
    string? AnsweredBy
);
