// Everything the pipeline needs in the cloud, in one resource group. `azd up` runs it; infra/README.md says how.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the azd environment; stands in the resource group\'s name.')
param environmentName string

@description('Region. It must offer Functions Flex Consumption with .NET 10: `az functionapp list-flexconsumption-locations`.')
param location string

@minLength(3)
@description('Who is written to when an alert fires or the budget runs out.')
param alertEmail string

@secure()
@description('Base64 of the vault\'s 32 bytes. Used at the first provisioning only; see modules/vault.bicep.')
param vaultKey string = ''

@description('Object id of a person who may read and write documents, to make the first administrator\'s key; empty for nobody.')
param operatorId string = ''

@description('Cosmos DB: name of the database.')
param databaseName string = 'opinions'

@minValue(1000)
@description('Cosmos DB: RU/s that the containers share at most. Autoscale goes down to a tenth of it. infra/SCALE.md says how much is needed.')
param cosmosMaxThroughput int = 1000

@description('Cosmos DB: containers with throughput of their own, as {fingerprints: 10000}. Can be chosen only when a container is made.')
param cosmosOwnThroughput object = {}

@allowed(['Continuous7Days', 'Continuous30Days'])
@description('Cosmos DB: how far back it can be restored. What retention has removed can be restored as long, too: no longer than needed.')
param cosmosBackup string = 'Continuous7Days'

@description('Spreads data and instances over the region\'s availability zones. Decide before the first provisioning: Cosmos DB cannot change it later.')
param zoneRedundant bool = false

@minValue(0)
@description('Instances that always wait for HTTP requests; 0 saves their price and makes the first visitor after a pause wait some seconds.')
param alwaysReady int = 1

@allowed([512, 2048, 4096])
@description('Memory of an instance in MB. The model and its training need more than 512.')
param instanceMemory int = 2048

@minValue(40)
@maxValue(1000)
@description('Instances at most. A flood then waits in the queue instead of on Cosmos DB.')
param maximumInstances int = 40

@minValue(1)
@description('GB of logs a day at most. What comes after is lost, which an alert says.')
param logsDailyGb int = 1

@minValue(0)
@description('Budget of a month in the billing account\'s currency; 0 for none.')
param budgetAmount int = 100

// The same subscription, name and region give the same names, so that provisioning again changes and does not add.
var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module monitor 'modules/monitor.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    dailyGb: logsDailyGb
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    principalId: identity.outputs.principalId
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  params: {
    name: 'cosmos-${token}'
    location: location
    tags: tags
    databaseName: databaseName
    maxThroughput: cosmosMaxThroughput
    ownThroughput: cosmosOwnThroughput
    backup: cosmosBackup
    zoneRedundant: zoneRedundant
    principalIds: empty(operatorId) ? [identity.outputs.principalId] : [identity.outputs.principalId, operatorId]
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    key: vaultKey
    principalId: identity.outputs.principalId
    workspaceId: monitor.outputs.workspaceId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    deploymentContainer: storage.outputs.deploymentContainer
    cosmosEndpoint: cosmos.outputs.endpoint
    databaseName: databaseName
    vaultKeyUri: vault.outputs.keyUri
    insightsConnectionString: monitor.outputs.insightsConnectionString
    alwaysReady: alwaysReady
    instanceMemory: instanceMemory
    maximumInstances: maximumInstances
    zoneRedundant: zoneRedundant
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    email: alertEmail
    workspaceId: monitor.outputs.workspaceId
    queueServiceId: storage.outputs.queueServiceId
    cosmosId: cosmos.outputs.id
  }
}

module budget 'modules/budget.bicep' = if (budgetAmount > 0) {
  scope: group
  params: { amount: budgetAmount, email: alertEmail }
}

// azd keeps these in the environment; the names are those that functions/Local reads too.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output COSMOS_ENDPOINT string = cosmos.outputs.endpoint
output COSMOS_DATABASE string = databaseName
output APP_URL string = app.outputs.url
