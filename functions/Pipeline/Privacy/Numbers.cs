using System.Globalization;
using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>Resident ID numbers, bank cards and telephone numbers.</summary>
internal static partial class Numbers
{
    // How far before a number its label is looked for.
    private const int LabelReach = 12;

    public static IEnumerable<MaskedPart> Find(string text)
    {
        foreach (Match number in WithAreaCode().Matches(text))
            yield return new(PersonalDataKind.Telephone, number.Index, number.Length);
        foreach (Match run in DigitRuns().Matches(text))
        {
            var digits = string.Concat(run.Value.Where(c => char.IsAsciiLetterOrDigit(c)));
            var label = text[Math.Max(0, run.Index - LabelReach)..run.Index];
            if (Judge(digits, label) is { } kind)
                yield return new(kind, run.Index, run.Length);
            else if (digits.Length > 11)
                foreach (var part in Inside(run))
                    yield return part;
        }
    }

    private static PersonalDataKind? Judge(string digits, string label)
    {
        if (IsResidentId(digits))
            return PersonalDataKind.ResidentId;
        if (digits.Length is 15 or 18 && label.Contains("身份证", StringComparison.Ordinal))
            return PersonalDataKind.ResidentId;
        if (DocumentLabel().IsMatch(label))
            return null;
        if (IsOldResidentId(digits))
            return PersonalDataKind.ResidentId;
        if (
            digits.Length is >= 16 and <= 19
            && digits[0] is >= '3' and <= '6'
            && digits.All(char.IsAsciiDigit)
            && Luhn(digits)
        )
            return PersonalDataKind.BankCard;
        if (
            digits.Length is 13 or 15 && digits.StartsWith("86", StringComparison.Ordinal)
            || digits.StartsWith("0086", StringComparison.Ordinal)
        )
            digits = digits[^11..];
        if (
            digits.Length == 11
            && digits[0] == '1'
            && digits[1] is >= '3' and <= '9'
            && digits.All(char.IsAsciiDigit)
        )
            return PersonalDataKind.Mobile;
        if (
            digits.Length is >= 10 and <= 12
            && digits[0] == '0'
            && digits[1] != '0'
            && digits.All(char.IsAsciiDigit)
        )
            return PersonalDataKind.Telephone;
        if (
            digits.Length is 7 or 8
            && digits[0] is >= '2' and <= '8'
            && digits.All(char.IsAsciiDigit)
            && TelephoneLabel().IsMatch(label)
        )
            return PersonalDataKind.Telephone;
        return null;
    }

    // Two numbers that only a space or a dash parts: 13800138000 13900139000.
    private static IEnumerable<MaskedPart> Inside(Match run)
    {
        foreach (Match piece in Pieces().Matches(run.Value))
            if (piece.Length < run.Length && Judge(piece.Value, "") is { } kind)
                yield return new(kind, run.Index + piece.Index, piece.Length);
    }

    /// <summary>GB 11643: 17 digits with a birth date and a check character, ISO 7064 MOD 11-2.</summary>
    internal static bool IsResidentId(string digits)
    {
        if (
            digits.Length != 18
            || digits[0] == '0'
            || !digits.AsSpan(0, 17).ContainsOnlyDigits()
            || !IsDate(digits.Substring(6, 8))
        )
            return false;
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (digits[i] - '0') * ((1 << (17 - i)) % 11);
        return char.ToUpperInvariant(digits[17]) == "10X98765432"[sum % 11];
    }

    private static bool IsOldResidentId(string digits) =>
        digits.Length == 15
        && digits.AsSpan().ContainsOnlyDigits()
        && int.Parse(digits.AsSpan(0, 2), CultureInfo.InvariantCulture) is >= 11 and <= 65
        && IsDate($"19{digits.AsSpan(6, 6)}");

    private static bool IsDate(string digits) =>
        DateOnly.TryParseExact(
            digits,
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        ) && day.Year is >= 1900 and <= 2100;

    /// <summary>ISO/IEC 7812-1: doubled every second digit from the right, the sum divisible by ten.</summary>
    internal static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9)
                digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('0', '9');

    [GeneratedRegex(@"(?<![0-9A-Za-z.])\+?[0-9](?:[ -]?[0-9]){6,21}[Xx]?(?![0-9A-Za-z])")]
    private static partial Regex DigitRuns();

    [GeneratedRegex("[(（]0[1-9][0-9]{1,2}[)）][ -]?[2-8][0-9]{6,7}(?![0-9])")]
    private static partial Regex WithAreaCode();

    [GeneratedRegex(@"[0-9]+(?:-[0-9]+)?[Xx]?")]
    private static partial Regex Pieces();

    [GeneratedRegex(
        "(?:保单|合同|订单|案|文|档案|发票|单|房产证|不动产权证|许可证|批准文|登记|受理|工单|流水|编|信用代码|学籍|准考证|备案|车架|运单|快递)号?码?[为是]?[: ]*$"
    )]
    private static partial Regex DocumentLabel();

    [GeneratedRegex("(?:电话|座机|固话|致电|拨打|联系方式|号码|热线|手机)[为是]?[: ]*$")]
    private static partial Regex TelephoneLabel();
}
