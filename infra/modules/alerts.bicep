// What somebody is told of, by e-mail.
//
// What the platform measures of Storage Queues is little: QueueMessageCount, once an hour, over all queues of the account
// together, so that one poison message is lost among those that only wait; nothing measures how old a message is.
// Therefore the app itself says every minute, for each queue (property `queue`), how many messages lie in its poison queue
// (metric `opinion.poison`) and for how many seconds its oldest message has waited (`opinion.queue.age`). The hourly figure
// is kept as a second pair of eyes that works without the app.
param token string
param location string
param tags object
param email string
param workspaceId string
param queueServiceId string
param cosmosId string

@description('Seconds a message may wait.')
param oldestSeconds int = 900

@description('Messages that may wait on an hourly average.')
param backlog int = 1000

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'Global'
  tags: tags
  properties: {
    groupShortName: 'opinions'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// `value` is the column that is compared with the limit, where it is not the number of rows; `by` tells series apart.
var logRules = [
  {
    name: 'poison'
    text: 'Messages were put aside after five tries: GET /api/v1/admin/poison shows them.'
    severity: 1
    window: 'PT15M'
    query: 'AppMetrics | where Name == "opinion.poison" | project TimeGenerated, Queue = tostring(Properties.queue), Value = coalesce(Max, Sum)'
    value: 'Value'
    by: 'Queue'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    limit: 0
  }
  {
    name: 'age'
    text: 'A message has waited too long: the app is down, or too slow for what comes in.'
    severity: 2
    window: 'PT15M'
    query: 'AppMetrics | where Name == "opinion.queue.age" | project TimeGenerated, Queue = tostring(Properties.queue), Value = coalesce(Max, Sum)'
    value: 'Value'
    by: 'Queue'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    limit: oldestSeconds
  }
  {
    // Where these two metrics stay away, the two rules above say nothing, and nothing must not mean well.
    name: 'silent'
    text: 'The app has not said for an hour how its queues are: it does not run, or its telemetry is refused.'
    severity: 1
    window: 'PT1H'
    query: 'AppMetrics | where Name in ("opinion.poison", "opinion.queue.age") | distinct Name'
    value: null
    by: null
    aggregation: 'Count'
    operator: 'LessThan'
    limit: 2
  }
  {
    // A function that threw has result 0; an answer to a request has its HTTP status. Counted here and not by the
    // platform, because these rows name the function and the route.
    name: 'failures'
    text: 'Functions fail.'
    severity: 2
    window: 'PT15M'
    query: 'AppRequests | where Success == false and coalesce(toint(ResultCode), 0) < 400 | project TimeGenerated, ItemCount'
    value: 'ItemCount'
    by: null
    aggregation: 'Total'
    operator: 'GreaterThan'
    limit: 10
  }
  {
    name: 'http5xx'
    text: 'Requests are answered with 5xx.'
    severity: 2
    window: 'PT15M'
    query: 'AppRequests | where toint(ResultCode) >= 500 | project TimeGenerated, ItemCount'
    value: 'ItemCount'
    by: null
    aggregation: 'Total'
    operator: 'GreaterThan'
    limit: 5
  }
  {
    name: 'logcap'
    text: 'The day\'s logs are full: until tomorrow nothing more is logged, and the other rules see nothing.'
    severity: 2
    window: 'PT1H'
    query: '_LogOperation | where Category =~ "Ingestion" and Detail contains "OverQuota"'
    value: null
    by: null
    aggregation: 'Count'
    operator: 'GreaterThan'
    limit: 0
  }
]

resource logRule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.text
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.window == 'PT1H' ? 'PT15M' : 'PT5M'
      windowSize: rule.window
      // The tables come into being with their first row, which is after this is deployed.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.value
            timeAggregation: rule.aggregation
            operator: rule.operator
            threshold: rule.limit
            dimensions: rule.by == null ? [] : [{ name: rule.by!, operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

var metricRules = [
  {
    // Sustained, not for a second: a short peak is what autoscale is for. By partition: one may be full while the mean
    // is low.
    name: 'ru'
    text: 'A partition of Cosmos DB is used above nine tenths: infra/SCALE.md says what to change.'
    severity: 2
    scope: cosmosId
    namespace: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'NormalizedRUConsumption'
    aggregation: 'Average'
    window: 'PT15M'
    frequency: 'PT5M'
    limit: 90
    dimensions: [{ name: 'PartitionKeyRangeId', operator: 'Include', values: ['*'] }]
  }
  {
    // A few are tried again and nobody notices.
    name: 'ru429'
    text: 'Cosmos DB turns requests away (429).'
    severity: 2
    scope: cosmosId
    namespace: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'TotalRequests'
    aggregation: 'Count'
    window: 'PT15M'
    frequency: 'PT5M'
    limit: 100
    dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
  }
  {
    name: 'backlog'
    text: 'Many messages wait, by the platform\'s hourly count over all queues.'
    severity: 3
    scope: queueServiceId
    namespace: 'Microsoft.Storage/storageAccounts/queueServices'
    metric: 'QueueMessageCount'
    aggregation: 'Average'
    window: 'PT1H'
    frequency: 'PT1H'
    limit: backlog
    dimensions: []
  }
]

resource metricRule 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metricRules: {
    name: 'alert-${rule.name}-${token}'
    location: 'Global'
    tags: tags
    properties: {
      description: rule.text
      severity: rule.severity
      enabled: true
      scopes: [rule.scope]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: rule.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: rule.namespace
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: 'GreaterThan'
            threshold: rule.limit
            dimensions: rule.dimensions
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]
