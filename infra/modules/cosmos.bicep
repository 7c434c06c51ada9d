// The documents: one account, one database, a container for each kind of document.
param name string
param location string
param tags object
param databaseName string

@description('RU/s that the containers share at most.')
param maxThroughput int

@description('RU/s at most of containers with throughput of their own, by name.')
param ownThroughput object

@allowed(['Continuous7Days', 'Continuous30Days'])
param backup string
param zoneRedundant bool

@description('Who may read and write documents. None of them may make or drop a container.')
param principalIds string[]

// Written from Containers.All and CosmosSchema, which a test holds it to.
var containers = loadJsonContent('../cosmos-containers.json')

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: zoneRedundant }]
    // In the region that writes, bounded staleness reads what was written last, as the search for duplicates needs: it
    // writes its own fingerprint first and then looks for others'. Session would see only its own instance's writes.
    // A reader in a second region may lag by so much: 100,000 writes and 300 seconds are the least that an account of
    // several regions takes (one region: 10 and 5), so a region can be added without touching this. Inside one region
    // the bound changes nothing about what is read; a small one only makes writes wait for a slow replica.
    consistencyPolicy: {
      defaultConsistencyLevel: 'BoundedStaleness'
      maxStalenessPrefix: 100000
      maxIntervalInSeconds: 300
    }
    backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: backup } }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    // What was not used in the last five minutes may be used at once: a station's file of a thousand rows.
    enableBurstCapacity: true
    // Months and quarters are partitions, so one is always busier than the others: each scales, and is paid, by itself.
    enablePerRegionPerPartitionAutoscale: true
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: { id: databaseName }
    // Shared: eighteen containers of their own would cost eighteen times the least autoscale takes, most of it idle.
    options: { autoscaleSettings: { maxThroughput: maxThroughput } }
  }
}

// A few at once: the account takes only so many changes at a time.
@batchSize(4)
resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for item in containers: {
    parent: database
    name: item.name
    properties: {
      resource: {
        id: item.name
        partitionKey: { kind: 'Hash', version: 2, paths: [item.partitionKey] }
        indexingPolicy: item.indexingPolicy
        // -1: documents leave when they say so themselves. Absent: nothing ever leaves.
        ...(item.defaultTtl == null ? {} : { defaultTtl: item.defaultTtl })
      }
      options: contains(ownThroughput, item.name)
        ? { autoscaleSettings: { maxThroughput: ownThroughput[item.name] } }
        : {}
    }
  }
]

// Roles for documents are Cosmos DB's own, not Azure's. This one is built in: Data Contributor.
resource grants 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = [
  for principalId in principalIds: {
    parent: account
    name: guid(account.id, principalId, 'data-contributor')
    properties: {
      principalId: principalId
      roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'
      scope: account.id
    }
  }
]

output id string = account.id
output endpoint string = account.properties.documentEndpoint
