namespace OpinionPipeline.Text;

/// <summary>The words by which <see cref="PlacePatterns"/> tells a name from what merely ends like one.</summary>
internal static class PlaceWords
{
    private const int ShortestStem = 2;

    /// <summary>What a name ends with, and what is named so. By their first character, the longest first.</summary>
    public static Dictionary<char, (string Ending, PlaceLevel Level)[]> Endings { get; } =
        new (PlaceLevel Level, string Endings)[]
        {
            (PlaceLevel.Area, "市 县 区"),
            (PlaceLevel.Township, "街道 乡 镇"),
            (PlaceLevel.Village, "社区 村"),
            // Where people live.
            (
                PlaceLevel.Site,
                """
                小区 公寓 花园 家园 嘉园 佳园 雅园 豪园 御园 庄园 山庄 苑 名苑 名城 新城 国际城 世界城 国际 名都 名邸 名门 公馆
                华府 学府 悦府 首府 华庭 豪庭 澜庭 龙庭 皇庭 绿洲 湾 别墅
                """
            ),
            // Ways, and what lies along them.
            (
                PlaceLevel.Site,
                "号路 大道 公路 路 街 步行街 巷 桥 隧道 高速 车站 收费站 加油站 码头 机场"
            ),
            // Waters.
            (PlaceLevel.Site, "河 江 湖 水库 渠"),
            // Schools, hospitals, homes, public houses.
            (
                PlaceLevel.Site,
                """
                小学 中学 学校 学院 大学 附中 附小 职中 技校 驾校 幼儿园 医院 卫生院 养老院 敬老院 福利院 派出所 监狱 公园 广场
                景区
                """
            ),
            // Where people trade and work.
            (
                PlaceLevel.Site,
                """
                大厦 市场 集市 商场 商城 商贸城 商业城 汽配城 物流城 建材城 家居城 家具城 体育城 超市 酒店 宾馆 工业园 厂 电厂
                水厂 水泥厂 搅拌站 矿 石场 砂场 沙场 碎石场 砂石场 猪场 鸡场 养殖场 林场 农场 茶场 垃圾场 填埋场 中转站 变电站 电站
                """
            ),
            (PlaceLevel.Organisation, "公司 有限公司 有限责任公司 集团 联社"),
        }
            .SelectMany(e => Words(e.Endings).Select(ending => (Ending: ending, e.Level)))
            .GroupBy(e => e.Ending[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(e => e.Ending.Length).ToArray());

    /// <summary>A name does not reach back over these: they belong to the sentence.</summary>
    public const string Boundaries =
        "在到从和与的了是我你他她它们对向把被有去于至及或这那每各该某由给让跟就都也还没不很已将住位反映关投诉请问求因为经过往来走修建通上下前后旁边附近内外里等只多少几条个座所家全本同另别当做想要说把起之";

    /// <summary>Words of names, of which one character is among the <see cref="Boundaries"/>.</summary>
    public static HashSet<string> NameWords { get; } =
    [
        .. Words(
            """
            和平 永和 泰和 太和 仁和 人和 建国 建安 向阳 向东 向荣 同心 同兴 同升 大同 走马 通泰 大通 南通 城关 白关 关山 雄关
            三都 成都 新都 首都 前进 来凤 来宾 将军 上海 上林 后湖 外滩 起凤 附一 附二 附三
            """
        ),
    ];

    /// <summary>Families by whom places are called: 杨家桥 is a name, of 这家医院 and 国家公园 only the rest is.</summary>
    public const string Families =
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦马苗凤方俞任袁柳"
        + "史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常傅卞齐康伍余元顾孟黄穆萧尹姚邵湛汪祁毛狄米贝明臧戴谈宋茅庞熊纪舒屈项祝董梁杜阮"
        + "蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓洪包诸左石崔吉龚程邢"
        + "裴陆荣翁荀羊甄曲封储靳邴松井段富巫乌焦巴弓牧隗山谷车侯班秋仲伊宫宁仇栾祖武符刘龙叶司韶黎易向文欧阳谭廖曾肖邝";

    /// <summary>
    /// What stands before a name where no boundary does: verbs, and what a place is like rather than called. By their first
    /// character, the longest first. None holds one of the <see cref="Boundaries"/>.
    /// </summary>
    public static Dictionary<char, string[]> Openings { get; } =
        Words(
                """
                严重影响 严重损害 严重污染 影响 导致 造成 进入 进出 途径 坐落 距离 沿线 周围
                如果 如何 如 虽然 而且 而 但 并且 且 以 连 可 什么 任何 哪 谁 此 些 其 离 按 靠 比
                一些 一名 部分 广大 次找 次 找 读 教 租 叫 称 简称 拿 挂 致 予 使得 使 促使 属
                级 类 无 现 原 着 接 果 复 欠 设立 设 结果 难道 今年
                收取 预收 占用 侵占 霸占 管理 维护 解决 确保 督促 敦促 监督 发现 出现 咨询 质疑 声讨 控告 揭发 举报 曝光 表扬
                感谢 期待 期盼 呼吁 取缔 取消 严查 严打 彻查 严禁 打击 责令 拆除 推进 推动 促进 发展
                加强 强化 支持 支援 重视 保障 保护 破坏 污染 侵蚀 扰乱 整顿 整治 规范 放开 垄断 违背 开办 改造
                升级 恢复 增设 增加 延伸 加快 尽快 早日 何时 怎么 怎样 方便 根据 依据 按照 规定 相信
                宣传 代表 包括 完成 成立 借口 觉得 利用 提高 召开 承包 移交 办成 明确 联系 饱受 受害 毕业
                教育局 政府 业主 居民 群众 违规 非法 违法 大型 小型 高档 偏远 大力 私立 公立 公办 民办 私人 民营 普惠性 普惠
                配套 乡镇 农村 城区 县级 省级 市级
                """
            )
            .GroupBy(w => w[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(w => w.Length).ToArray());

    /// <summary>
    /// What ends like a name and is none; not what an ending alone, a single character before it, or the rules below tell
    /// already.
    /// </summary>
    public static HashSet<string> Generic { get; } =
    [
        .. Words(
            """
            水泥路 泥巴路 主干路 交叉路 十字路 断头路 快速路 高速路 环城路 沥青路 硬化路 上坡路 公交路
            一路 二路 三路 商业街
            大街小巷 危桥 石桥 便桥 新桥 老桥 大桥 天桥 立交桥 人行天桥 人行桥 高架桥 石拱桥 风雨桥 跨线桥 铁路桥 路桥 一桥
            二桥 三桥
            行政村 自然村 城中村 贫困村 一村 三村
            城市 城区 地区 山区 辖区 片区 老区 校区 厂区 县区 郊区 市区 园区
            城乡小区 安置小区 老旧小区 商品房小区 封闭式小区 开放式小区 生活小区 学生公寓
            高楼大厦
            大河 小河 沿江 沿河 母亲河 灌溉渠
            中心小学 中心学校 实验学校 培训学校 职业学校 职业技术学校 职业技术学院
            技师学院 义务教育学校 初级中学 高级中学
            中心幼儿园
            人民医院 中心医院 三甲医院 专科医院 综合医院
            中心卫生院
            公交车站 森林公园 湿地公园 主题公园 体育公园
            休闲广场 文化广场 旅游景区 旅游风景区
            农贸市场 人才市场 房产市场 房地产市场 集贸市场
            垃圾填埋场 生活垃圾填埋场 垃圾中转站
            小区物业公司
            """
        ),
    ];

    /// <summary>However such a name begins, it is none: 农村道路 is as general as 道路.</summary>
    public static IReadOnlyList<string> GenericEnds { get; } =
        Words(
            """
            道路 马路 线路 农村 乡村 城乡 中小学
            农村公路 乡村公路 级公路 乡公路 组公路 道公路 干线公路 环城公路 盘山公路 水泥公路 柏油公路 砂石公路 泥巴公路 硬化公路
            入户公路 旅游公路 战备公路 集资公路 占用公路
            """
        );

    /// <summary>A company or works called by one of these alone is any of its trade.</summary>
    public static HashSet<string> Trades { get; } =
    [
        .. Words(
            """
            上市 空壳 第三方 集团 商业 企业 利益 诈骗 传销 直销
            加工 化工 机械 红砖 水泥 沥青 预制 预制板 沙石 碎石 石材 木材 造纸 印刷 塑料 轮胎 服装 食品 粮食
            面粉 冶炼 洗矿 选矿 鞭炮 污水 污水处理 垃圾处理 垃圾焚烧 垃圾焚烧发电
            供水 水务 供电 电力 燃气 天然气 热力 能源 公交 公交车 公共汽车 公汽 汽车 汽运 客运 运输 出租 出租车 物流 快递
            电信 移动 广电 铁塔 网络 科技 石油 烟草 盐业 环保 环卫 殡葬
            开发 房产 房地产 房地产开发 工程 施工 拆迁 监理 检测 电梯 装饰 物业 物业管理 物业服务 物管
            代理 招标代理 中介 劳务 劳务派遣 派遣 人力资源 保险 担保 贷款 小额贷款 资产 贸易 实业 机电 农机 医药 旅游
            电影 广告 传媒 培训
            """
        ),
    ];

    /// <summary>See <see cref="PlaceMention.Stem"/>.</summary>
    public static string? Stem(string name)
    {
        for (var i = ShortestStem; i < name.Length; i++)
            if (
                Endings.TryGetValue(name[i], out var endings)
                && Array.Exists(endings, e => name.AsSpan(i).SequenceEqual(e.Ending))
            )
                return name[..i].All(char.IsAsciiDigit) ? null : name[..i];
        return null;
    }

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
