using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>
/// Names, where people give them: after 我叫, 联系人：, 姓名 …, under a letter, and whole ones after what somebody is (班主任,
/// 院长 …): matters are judged, not those whom a letter accuses. A name so found is masked wherever it stands in the text.
/// Names of places and firms are never given that way, so they stay.
/// </summary>
internal static partial class Names
{
    private const string Surnames =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

    // Surnames with which other words begin after what somebody is: 校长和学生, 护士查房时, 主任解释说.
    private const string AlsoWords = "和查解管任关车时明安申范施周向";

    private static readonly string[] Compound =
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "司徒",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "夏侯",
        "令狐",
    ];

    // Particles that no given name holds.
    private const string NeverGiven = "的了吗呢吧是在和与";

    // What may follow a surname in a sentence and is no given name.
    private const string NotGiven =
        "是在的了和与住家今男女及我你他们也都有为因对将于已从就能要会可不请说先小大县镇乡村市区局";

    public static IEnumerable<MaskedPart> Find(string text)
    {
        var names = new HashSet<string>();
        foreach (Match cue in Strong().Matches(text))
        {
            var start = cue.Index + cue.Length;
            var length = NameLength(text, start, cue.Value[^1] == ':');
            if (length == 0)
                continue;
            names.Add(text.Substring(start, length));
            yield return new(PersonalDataKind.Name, start, length);
        }
        var weak = Weak()
            .Matches(text)
            .Concat(Office().Matches(text).Where(IsNoWord))
            .Concat(Signature().Matches(text))
            .Select(m => m.Groups[1])
            .Where(n => IsName(n.Value));
        foreach (var name in weak)
        {
            names.Add(name.Value);
            yield return new(PersonalDataKind.Name, name.Index, name.Length);
        }
        // Two characters may be part of another word; three with a surname seldom are.
        foreach (var name in names.Where(n => n.Length >= 3 && IsName(n)))
            for (
                var i = text.IndexOf(name, StringComparison.Ordinal);
                i >= 0;
                i = text.IndexOf(name, i + name.Length, StringComparison.Ordinal)
            )
                yield return new(PersonalDataKind.Name, i, name.Length);
    }

    private static bool IsNoWord(Match bearer) =>
        !AlsoWords.Contains(bearer.Groups[1].Value[0], StringComparison.Ordinal);

    // After a strong cue the name ends at punctuation, or after two given characters at the most.
    private static int NameLength(string text, int start, bool afterColon)
    {
        var run = 0;
        while (
            start + run < text.Length && run < 8 && text[start + run] is >= '\u4E00' and <= '\u9FFF'
        )
            run++;
        if (run < 2)
            return 0;
        var candidate = text.Substring(start, run);
        if (candidate.Length <= 4 && IsName(candidate))
            return run;
        if (candidate.Length <= 5 && IsTitled(candidate) is { } titled)
            return titled;
        var surname = SurnameLength(candidate);
        // A field may hold a name that no list of surnames has.
        if (surname == 0)
            return
                afterColon
                && run is 2 or 3
                && !candidate.EndsWith('局')
                && !candidate.EndsWith('村')
                && !candidate.EndsWith('站')
                ? run
                : 0;
        var given = 0;
        while (
            given < 2
            && surname + given < run
            && !NotGiven.Contains(candidate[surname + given], StringComparison.Ordinal)
        )
            given++;
        if (given > 0)
            return surname + given;
        return IsTitled(candidate) ?? 0;
    }

    private static int? IsTitled(string candidate)
    {
        var surname = SurnameLength(candidate);
        return
            surname > 0
            && (
                candidate.AsSpan(surname).StartsWith("先生")
                || candidate.AsSpan(surname).StartsWith("女士")
            )
            ? surname + 2
            : null;
    }

    /// <summary>A surname and one or two characters that may be a given name.</summary>
    public static bool IsName(string text)
    {
        var surname = SurnameLength(text);
        return surname > 0
            && text.Length - surname is 1 or 2
            && !text.Skip(surname).Any(c => NeverGiven.Contains(c, StringComparison.Ordinal));
    }

    private static int SurnameLength(string text) =>
        Compound.Any(c => text.StartsWith(c, StringComparison.Ordinal)) ? 2
        : text.Length > 0 && Surnames.Contains(text[0], StringComparison.Ordinal) ? 1
        : 0;

    [GeneratedRegex(
        "(?:我叫|我名叫|我的名字[叫是]|(?:姓名|联系人|反映人|投诉人|举报人|申请人|报料人|来信人|当事人|求助人|户主|署名|签名|落款|联系人姓名|负责人姓名)[: ]{0,2}(?:[:]|[是为叫] ?))"
    )]
    private static partial Regex Strong();

    [GeneratedRegex(
        @"(?:本人|我是[^，。,；;\s]{0,12}?(?:的|村民|居民|业主|职工|员工|家长|工人)|(?:姓名|联系人|反映人|投诉人|申请人) ?)([\u4E00-\u9FFF]{2,4})(?=[，,。；;:(（\s、]|$)"
    )]
    private static partial Regex Weak();

    // Whole names only: 黄老师 and 王主任 tell who is meant at the school, and hardly anybody else.
    [GeneratedRegex(
        @"(?:班主任|校长|院长|主任|书记|村长|镇长|乡长|局长|所长|站长|队长|科长|经理|老板|教师|老师|医生|医师|护士|民警|教练|会计|组长)([\u4E00-\u9FFF]{3})(?=老师|医生|医师|护士|同志|先生|女士|校长|院长|警官|主任|[，,。；;、:：（(\s]|$)"
    )]
    private static partial Regex Office();

    [GeneratedRegex(@"(?:敬礼|敬上|谢谢)[!！。.,]?\s+([\u4E00-\u9FFF]{2,4})(?=\s|$)")]
    private static partial Regex Signature();
}
