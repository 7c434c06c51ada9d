using System.Text;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>What was found, and where in the original text.</summary>
public sealed record MaskedPart(PersonalDataKind Kind, int Start, int Length);

/// <summary>A text without personal data, and what was taken out of the original.</summary>
public sealed record MaskedText(string Text, IReadOnlyList<MaskedPart> Parts);

/// <summary>Kinds of personal data that people write into what they report.</summary>
public enum PersonalDataKind
{
    ResidentId,
    Mobile,
    Telephone,
    BankCard,
    Email,
    WeChat,
    QQ,
    Plate,
    Name,
    Door,
}

/// <summary>
/// Replaces personal data in Chinese free text by what it is: 〔手机号〕, 〔姓名〕 … Places, companies, offices, amounts,
/// dates and document numbers stay, because the matter cannot be handled without them. Masking a masked text changes nothing.
/// </summary>
public static class Masker
{
    /// <summary>Masks a text of any length, in time proportional to it.</summary>
    public static MaskedText Mask(string text)
    {
        var folded = Fold(text);
        var parts = new List<MaskedPart>();
        foreach (
            var find in (ReadOnlySpan<Func<string, IEnumerable<MaskedPart>>>)
                [Numbers.Find, Accounts.Find, Plates.Find, Doors.Find, Names.Find]
        )
        foreach (var part in find(folded))
            if (
                !parts.Exists(p =>
                    p.Start < part.Start + part.Length && part.Start < p.Start + p.Length
                )
            )
                parts.Add(part);
        if (parts.Count == 0)
            return new(text, []);

        parts.Sort((a, b) => a.Start.CompareTo(b.Start));
        var masked = new StringBuilder(text.Length);
        var from = 0;
        foreach (var part in parts)
        {
            masked.Append(text, from, part.Start - from).Append(Tag(part.Kind));
            from = part.Start + part.Length;
        }
        return new(masked.Append(text, from, text.Length - from).ToString(), parts);
    }

    /// <summary>Masks a title and its text as one, so that a name given in either is masked in both.</summary>
    public static (string Title, string Body) MaskBoth(string title, string body)
    {
        var masked = Mask($"{title.ReplaceLineEndings(" ")}\n{body}").Text;
        var cut = masked.IndexOf('\n', StringComparison.Ordinal);
        return (masked[..cut], masked[(cut + 1)..]);
    }

    /// <summary>What stands in the place of a kind.</summary>
    public static string Tag(PersonalDataKind kind) =>
        kind switch
        {
            PersonalDataKind.ResidentId => "〔身份证号〕",
            PersonalDataKind.Mobile => "〔手机号〕",
            PersonalDataKind.Telephone => "〔电话〕",
            PersonalDataKind.BankCard => "〔银行卡号〕",
            PersonalDataKind.Email => "〔邮箱〕",
            PersonalDataKind.WeChat => "〔微信号〕",
            PersonalDataKind.QQ => "〔QQ号〕",
            PersonalDataKind.Plate => "〔车牌号〕",
            PersonalDataKind.Name => "〔姓名〕",
            _ => "〔门牌〕",
        };

    // Full width to half width, character by character, so that places in the text stay the same.
    private static string Fold(string text) =>
        string.Create(
            text.Length,
            text,
            (folded, original) =>
            {
                for (var i = 0; i < original.Length; i++)
                    folded[i] = original[i] switch
                    {
                        >= '！'
                        and <= '～'
                        and var c when char.IsAsciiLetterOrDigit((char)(c - 0xFEE0)) => (char)(
                            c - 0xFEE0
                        ),
                        '＋' => '+',
                        '＠' => '@',
                        '－' or '—' or '–' or '‐' => '-',
                        '　' or '\u00A0' => ' ',
                        '：' => ':',
                        var c => c,
                    };
            }
        );
}
