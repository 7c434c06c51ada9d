// The key that seals what is private. Whoever loses it loses every sealed record; whoever has it can read them.
param name string
param location string
param tags object

@secure()
@description('Base64 of 32 bytes; empty where the vault has one already.')
param key string

@description('Who may read the key.')
param principalId string

@description('Where the vault writes who read it.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // Not even its owner can do away with it at once. The name stays taken as long.
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
  }
}

// Written once and never again: another key would leave everything sealed with the first one unreadable.
@onlyIfNotExists()
resource secret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (!empty(key)) {
  parent: vault
  name: 'vault-key'
  properties: { value: key, contentType: 'Base64 of 32 bytes' }
}

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, secretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

output name string = vault.name
// Put together, not read from the secret: at a second provisioning the secret is not among what is deployed.
output keyUri string = '${vault.properties.vaultUri}secrets/vault-key'
