// Checks the manifests on standard input against the models of the Kubernetes API: required fields, enumerations, types.
const { parseAllDocuments } = require('yaml');

function problemsOf(manifest) {
  const [group, version] = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/') : ['', manifest.apiVersion];
  let model;
  try {
    model = require(`kubernetes-models/${group ? `${group}/` : ''}${version}`)[manifest.kind];
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
  }
  if (!model) return [`${manifest.apiVersion} knows no ${manifest.kind}`];
  try {
    new model(manifest).validate();
    return [];
  } catch (error) {
    return (error.errors ?? [error]).map((e) => `${e.instancePath ?? ''} ${e.message}`.trim());
  }
}

let text = '';
process.stdin.on('data', (part) => (text += part)).on('end', () => {
  for (const document of parseAllDocuments(text)) {
    const broken = document.errors.map((e) => e.message.split('\n')[0]);
    const manifest = broken.length > 0 ? { kind: '?' } : document.toJS();
    for (const problem of broken.length > 0 ? broken : problemsOf(manifest)) {
      console.log(`${manifest.kind}/${manifest.metadata?.name}: ${problem}`);
    }
  }
});
