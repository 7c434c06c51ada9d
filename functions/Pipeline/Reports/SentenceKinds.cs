using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Reports;

/// <summary>Tells by its words what a sentence does: tell, complain, explain, advise, or only greet.</summary>
internal static partial class SentenceKinds
{
    /// <summary>The key of the section a sentence belongs to, or null for what says nothing of the matter.</summary>
    public static string? Of(string sentence) =>
        sentence.Length is < 8 or > 120
        || Courtesy().IsMatch(sentence)
        || sentence.Contains('〔', StringComparison.Ordinal)
            ? null
        : Advice().IsMatch(sentence) ? "advice"
        : Cause().IsMatch(sentence) ? "causes"
        : Problem().IsMatch(sentence) ? "problems"
        : "situation";

    [GeneratedRegex(
        "^(?:尊敬的|各位领导|领导(?:您|你)?好|你好|您好|谢谢|感谢|此致|敬礼|盼复|望回复|恳请领导|请领导|希望领导|拜托)|为老百姓做主|为民做主|百忙之中"
    )]
    private static partial Regex Courtesy();

    [GeneratedRegex(
        "建议|希望|应该|应当|能否|能不能|可否|可不可以|恳请|恳求|请求|请(?:有关|相关|政府|尽快|县|镇|局)|尽快|最好|盼望|呼吁"
    )]
    private static partial Regex Advice();

    [GeneratedRegex("因为|由于|原因|导致|造成|是因|缘故|源于|怪不得|之所以|听说是|据说")]
    private static partial Regex Cause();

    [GeneratedRegex(
        "不|没|无|难|坏|差|危险|隐患|影响|严重|污染|噪|臭|脏|乱|拖|欠|堵|断|破|塌|漏|投诉|问题|害怕|担心|受不了"
    )]
    private static partial Regex Problem();
}
