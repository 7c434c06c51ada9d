using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>Number plates (GA 36): province, letter, five characters, six for new-energy vehicles; at least one a digit.</summary>
internal static partial class Plates
{
    public static IEnumerable<MaskedPart> Find(string text)
    {
        foreach (Match match in Plate().Matches(text))
            if (match.Value.Any(char.IsAsciiDigit))
                yield return new(PersonalDataKind.Plate, match.Index, match.Length);
    }

    [GeneratedRegex(
        @"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][·•. -]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}(?:[A-HJ-NP-Za-hj-np-z0-9](?![A-Za-z0-9])|[挂学警港澳])"
    )]
    private static partial Regex Plate();
}
