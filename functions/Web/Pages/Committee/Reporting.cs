using OpinionPipeline.Pipeline.Reports;
using OpinionPipeline.Web.Components;

namespace OpinionPipeline.Web.Pages.Committee;

/// <summary>What reports are called on the pages.</summary>
internal static class Reporting
{
    /// <summary>Where a report stands.</summary>
    public static (Tone Tone, string Text) Of(ReportStatus status, Words w) =>
        status switch
        {
            ReportStatus.Draft => (Tone.Plain, w["草稿", "draft"]),
            ReportStatus.Edited => (Tone.Info, w["编辑中", "being edited"]),
            ReportStatus.Submitted => (Tone.Info, w["已报送", "submitted"]),
            ReportStatus.Instructed => (Tone.Warn, w["已批示", "instructed"]),
            _ => (Tone.Ok, w["已办结", "closed"]),
        };

    /// <summary>Who took it up.</summary>
    public static string Of(AdoptionLevel level, Words w) =>
        level switch
        {
            AdoptionLevel.County => w["县", "county"],
            AdoptionLevel.City => w["市", "city"],
            AdoptionLevel.Province => w["省", "province"],
            _ => w["全国", "national"],
        };
}
