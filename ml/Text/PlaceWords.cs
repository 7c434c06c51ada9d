namespace OpinionPipeline.Text;

/// <summary>The words by which <see cref="PlacePatterns"/> tells a name from what merely ends like one.</summary>
internal static class PlaceWords
{
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
                "号路 大道 路 街 步行街 巷 桥 隧道 高速 车站 收费站 加油站 码头 机场"
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

    /// <summary>
    /// What stands before a name where no boundary does: verbs, and what a place is like rather than called. By their first
    /// character, the longest first.
    /// </summary>
    public static Dictionary<char, string[]> Openings { get; } =
        Words(
                """
                严重影响 严重损害 严重污染 影响 导致 造成 进入 进出 走进 途经 途径 穿过 路过 位于 坐落 居住 距离 沿线 周围
                如果 如何 如 虽然 而且 而 但是 但 并且 且 以及 以 连 可 什么 任何 哪 谁 此 些 其 离 按 靠 比 每个 这个 那个 整个 该
                一些 一名 一个 两个 几个 多个 部分 广大 各个 各 某 次找 次 找到 找 读 教 租 叫 称 简称 拿 挂 致 予 使得 使 促使 属
                级 类 无 现 原 着 接 果 复 欠 设立 设 结果 难道 今年
                收取 预收 占用 侵占 霸占 管理 维护 解决 确保 督促 敦促 监督 发现 出现 咨询 询问 质疑 声讨 控告 揭发 举报 曝光 表扬
                感谢 期待 期盼 恳请 恳求 呼吁 取缔 取消 严查 严打 彻查 严禁 打击 建议 要求 责令 拆除 关停 关闭 推进 推动 促进 发展
                加强 强化 支持 支援 重视 关注 保障 保护 破坏 污染 侵蚀 扰乱 整顿 整治 规范 放开 垄断 违背 开办 开通 新建 扩建 改造
                升级 修复 重修 维修 恢复 增设 增加 延伸 加快 尽快 早日 何时 为何 为什么 怎么 怎样 方便 根据 依据 按照 规定 相信
                宣传 代表 包括 完成 成立 借口 觉得 利用 提高 召开 承包 移交 办成 明确 针对 联系 饱受 受害 毕业
                教育局 政府 业主 居民 群众 违规 非法 违法 违建 大型 小型 高档 偏远 大力 私立 公立 公办 民办 私人 民营 普惠性 普惠
                配套 乡镇 农村 城区 县级 省级 市级 国有
                """
            )
            .GroupBy(w => w[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(w => w.Length).ToArray());

    /// <summary>What ends like a name and is none.</summary>
    public static HashSet<string> Generic { get; } =
    [
        .. Words(
            """
            水泥路 泥巴路 主干路 交叉路 十字路 断头路 快速路 高速路 环城路 沥青路 硬化路 上坡路 公交路 铁路 土路 小路 大路
            老路 新路 好路 山路 坡路 思路 出路 东路 西路 南路 北路 中路 一路 二路 三路 步行街 商业街 大街 小街 新街 老街 临街
            沿街 大街小巷 危桥 石桥 便桥 新桥 老桥 大桥 天桥 立交桥 人行天桥 人行桥 高架桥 石拱桥 风雨桥 跨线桥 铁路桥 路桥 一桥
            二桥 三桥 高速
            新农村 新型农村 行政村 自然村 城中村 村村 贫困村 新村 小村 山村 邻村 古村 一村 两村 三村 城乡 乡镇 村镇 城镇 建制镇
            城市 城区 地区 山区 辖区 片区 老区 校区 厂区 县区 郊区 市区 园区 社区
            小区 城乡小区 居民小区 安置小区 老旧小区 商品房小区 经济适用房小区 封闭式小区 开放式小区 生活小区 高档小区 学生公寓
            高楼大厦 别墅 新城 国际 台湾 港湾 河湾
            大河 小河 江河 河湖 江湖 沿江 沿河 过江 母亲河 水渠 沟渠 灌渠 干渠 支渠 灌溉渠 斗渠 毛渠
            学校 中小学 大学 医学院 中心小学 中心学校 民办学校 高等学校 实验学校 培训学校 职业学校 职业技术学校 职业技术学院
            技师学院 义务教育学校 中等职业学校 初中学 高中学 初级中学 高级中学 乡镇中学 乡镇小学 技校 职中 幼儿园 民办幼儿园
            公立幼儿园 中心幼儿园 普惠性幼儿园
            医院 人民医院 中心医院 公立医院 大医院 三甲医院 中医院 专科医院 综合医院 乡镇医院 乡卫生院 镇卫生院 乡镇卫生院
            中心卫生院 敬老院 养老院 福利院 派出所 监狱
            火车站 汽车站 公交车站 公交站 收费站 加油站 停车场 机场 公园 森林公园 湿地公园 主题公园 体育公园 广场 火车站广场
            休闲广场 文化广场 景区 风景区 旅游景区 旅游风景区
            市场 大市场 农贸市场 菜市场 人才市场 房产市场 房地产市场 建材市场 集贸市场 自由市场 农村集市 超市 大超市 小超市
            大型超市 商场 商城 商业城 大酒店
            工厂 自来水厂 进厂 出厂 办厂 开厂 建厂 采石场 煤矿 金矿 铁矿 锰矿 采矿 开矿 挖矿 选矿 洗矿 养猪场 猪场 养鸡场
            养殖场 沙场 采沙场 洗沙场 碎石场 砂石场 垃圾场 垃圾填埋场 填埋场 生活垃圾填埋场 中转站 垃圾中转站 变电站 电站 水电站
            分公司 总公司 子公司 母公司 小区物业公司
            """
        ),
    ];

    /// <summary>However such a name begins, it is none: 农村道路 is as general as 道路.</summary>
    public static IReadOnlyList<string> GenericEnds { get; } =
        Words("道路 马路 公路 线路 农村 乡村 中小学");

    /// <summary>A company or works called by one of these alone is any of its trade.</summary>
    public static HashSet<string> Trades { get; } =
    [
        .. Words(
            """
            大 小 新 老 市 县 省 乡 镇 国有 私人 上市 空壳 第三方 集团 商业 企业 利益 诈骗 传销 直销
            工 加工 化工 机械 砖 红砖 水泥 沥青 预制 预制板 沙石 碎石 石材 木材 造纸 纸 印刷 塑料 轮胎 家具 具 服装 药 食品 粮食
            面粉 钢 冶炼 洗矿 选矿 鞭炮 污水 污水处理 垃圾处理 垃圾焚烧 垃圾焚烧发电
            自来水 供水 水务 供电 电力 燃气 天然气 热力 能源 公交 公交车 公共汽车 公汽 汽车 汽运 客运 运输 出租 出租车 物流 快递
            电信 移动 联通 广电 铁塔 通讯 通信 网络 科技 石油 烟草 盐业 环保 环卫 殡葬
            开发 房产 房地产 房地产开发 建筑 建筑工程 工程 施工 拆迁 监理 检测 电梯 装修 装饰 物业 物业管理 物业服务 物管 管理
            代理 招标代理 中介 劳务 劳务派遣 派遣 人力资源 家政 保险 投资 担保 贷款 小额贷款 资产 贸易 实业 机电 农机 医药 旅游
            电影 广告 传媒 培训 教育
            """
        ),
    ];

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
