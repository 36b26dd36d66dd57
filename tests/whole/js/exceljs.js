// Opens workbooks with ExcelJS and saves each under the same name: node exceljs.js FOLDER FILE...
const path = require("path");
const ExcelJS = require("exceljs");

async function main([folder, ...files]) {
  for (const file of files) {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(file);
    await workbook.xlsx.writeFile(path.join(folder, path.basename(file)));
  }
}

main(process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
