using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>E-mail addresses, WeChat and QQ numbers.</summary>
internal static partial class Accounts
{
    public static IEnumerable<MaskedPart> Find(string text)
    {
        foreach (Match match in Email().Matches(text))
            yield return new(PersonalDataKind.Email, match.Index, match.Length);
        foreach (Match match in QQ().Matches(text))
            yield return new(PersonalDataKind.QQ, match.Groups[1].Index, match.Groups[1].Length);
        foreach (Match match in WeChat().Matches(text))
            yield return new(
                PersonalDataKind.WeChat,
                match.Groups[1].Index,
                match.Groups[1].Length
            );
    }

    [GeneratedRegex(
        @"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    )]
    private static partial Regex Email();

    [GeneratedRegex(
        @"(?:QQ|qq|Qq|扣扣)(?:群)?(?:号码|号)?[为是]?[: ]{0,3}([1-9][0-9]{4,10})(?![0-9])"
    )]
    private static partial Regex QQ();

    [GeneratedRegex(
        @"(?:微信|威信|[vV]信|wx|WX|[wW]ei[xX]in)(?:号码|号)?(?:同号)?[为是]?[: ]{0,3}([A-Za-z][-_A-Za-z0-9]{5,19}|[0-9]{5,11})(?![-_A-Za-z0-9])"
    )]
    private static partial Regex WeChat();
}
