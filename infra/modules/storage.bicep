// Queues, files, the app's package and the Functions host's own state, in one account.
param name string
param location string
param tags object
param zoneRedundant bool

@description('Who may send and take messages and write files.')
param principalId string

// QueueNames.All and Folders.All: the code makes them by itself only where it has a connection string.
var queueNames = ['submissions', 'reports', 'digests', 'training']
var folders = ['models', 'attachments', 'backups', 'web-keys', 'uploads']
var deployments = 'deployments'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    // A model or a backup deleted by mistake comes back; after a week it is gone for good, as retention wants.
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for folder in concat(folders, [deployments]): {
    parent: blobs
    name: folder
  }
]

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for queueName in queueNames: {
    parent: queues
    name: queueName
  }
]

// The host makes a poison queue with its first message; the page that lists poison messages asks before that.
resource poison 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for queueName in queueNames: {
    parent: queues
    name: '${queueName}-poison'
  }
]

var roles = {
  // Owner, not Contributor: the Functions host needs it for its leases and its package.
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  // Not only Message Processor: the app sends messages as well, and reads how many wait.
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    scope: account
    name: guid(account.id, principalId, role.value)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

output queueServiceId string = queues.id
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output deploymentContainer string = '${account.properties.primaryEndpoints.blob}${deployments}'
