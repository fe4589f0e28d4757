using Engagement.Domain.Documents;
using Engagement.Domain.Organisation;

namespace Engagement.Domain.Tests.Organisation;

internal static class OrganisationSample
{
    public const string Yaml = """
        branches:
        - id: hn                      # 分公司
          name: {zh: 华南分公司, en: South China}
          province: 440000            # GB/T 2260, for the map
          mode: linked
          kpi: share
          mandates:
          - { id: m1, scope: tail, channels: [assistant, wecom, desk], from: 2026-01-01, until: 2027-12-31 }
          - { id: m2, scope: overflow, channels: [assistant], until: 2026-06-30 }
          outlets:
          - id: hn-001
            advisorFrom: 500000
            intensiveBelow: 50000
            advisors:
            - { id: a-1001, name: 张三, capacity: 2, status: active, licences: [advice, fund] }
            - { id: a-1002, name: 李四, capacity: 2, status: leave, standIn: a-1001 }
            - { id: a-1003, name: 王五, status: left }
          - id: hn-002
            advisors:
            - { id: a-2001, name: 赵六, capacity: 1, licences: [fund] }
        - id: bj
          province: 110000
          outlets: [ { id: bj-001 } ]
        defaults: { advisorFrom: 500000, intensiveBelow: 50000, capacity: 300 }
        """;

    public static OrganisationTree Tree { get; } =
        OrganisationDocument.TryRead(Yaml, DocumentFormat.Yaml, 3, out var tree, out var problems)
            ? tree
            : throw new InvalidOperationException(string.Join('\n', problems));

    public static int Day(int year, int month, int day) => Shanghai.Day(new DateOnly(year, month, day));
}
