// Opens workbooks with SheetJS and saves each under the same name: node sheetjs.js OPTIONS FOLDER FILE...
// OPTIONS is JSON for its reader: {} is how most scripts use it, and loses the formats of numbers.
const path = require("path");
const XLSX = require("xlsx");

const [options, folder, ...files] = process.argv.slice(2);
for (const file of files) {
  XLSX.writeFile(XLSX.readFile(file, JSON.parse(options)), path.join(folder, path.basename(file)));
}
