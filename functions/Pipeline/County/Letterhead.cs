namespace OpinionPipeline.Pipeline.County;

/// <summary>What stands on a report that goes out under the committee's name, <c>letterhead.csv</c>.</summary>
/// <param name="Mark">发文机关标志, in red at the top.</param>
/// <param name="Number">机关代字: what stands before the year in a report's number.</param>
/// <param name="Issuer">Who issues reports: the signature, and who prints them.</param>
/// <param name="Signer">签发人, unless another is named when a report is submitted; empty where that differs.</param>
/// <param name="To">报: who it is reported to, with commas between them.</param>
/// <param name="Copies">送: who gets a copy beside the office that answers for the matter; may be empty.</param>
public sealed record Letterhead(
    string Mark,
    string Number,
    string Issuer,
    string Signer,
    string To,
    string Copies
);
